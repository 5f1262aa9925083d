import type { Check } from "../checks/check";
import { AlertmanagerClient } from "../clients/alertmanager-client";
import { GrafanaClient } from "../clients/grafana-client";
import { InboxClient } from "../clients/inbox-client";
import { PrometheusClient } from "../clients/prometheus-client";
import { signing } from "../clients/signed-requests";
import { TopicsClient } from "../clients/topics-client";
import {
  WorkspaceAlertmanagerClient,
  type WorkspaceAsked,
  WorkspaceClient,
  workspaceUrl,
} from "../clients/workspace-client";
import type { Deployment } from "./deployment";

/** A system that runs, with those that ask it. */
export interface Subject {
  readonly deployment: Deployment;
  readonly prometheus: PrometheusClient;
  /** Why Prometheus cannot be asked; undefined where it can. One check tells it, the others say nothing then. */
  readonly withoutPrometheus: Promise<string | undefined>;
  readonly alertmanagers: readonly AlertmanagerClient[];
  /** Undefined where there is no Grafana, or no password. */
  readonly grafana: GrafanaClient | undefined;
  readonly inbox: InboxClient | undefined;
  readonly topics: TopicsClient | undefined;
}

/** A check of a system that runs. */
export type VerifyCheck = Check<Subject>;

/** @param grafanaPassword of the user admin, where it is known */
export function subjectOf(deployment: Deployment, grafanaPassword: string | undefined): Subject {
  const { prometheus: url, alertmanagers, grafana, inbox, aws } = deployment.places;
  const workspace = askedWorkspace(deployment);
  const prometheus = workspace ? new WorkspaceClient(workspace) : new PrometheusClient(url);
  return {
    deployment,
    prometheus,
    withoutPrometheus: prometheus.ready().then(
      () => undefined,
      (error: unknown) => messageOf(error),
    ),
    alertmanagers: workspace
      ? [new WorkspaceAlertmanagerClient(workspace)]
      : alertmanagers.map((each) => new AlertmanagerClient(each)),
    grafana:
      grafana === undefined || grafanaPassword === undefined
        ? undefined
        : new GrafanaClient(grafana, grafanaPassword),
    inbox: inbox === undefined ? undefined : new InboxClient(inbox),
    topics: aws && new TopicsClient(aws),
  };
}

/** The workspace that is asked where it is the engine. */
function askedWorkspace({ environment, places }: Deployment): WorkspaceAsked | undefined {
  const { aws, workspace } = places;
  if (workspace === undefined || aws === undefined) return undefined;
  const sign = signing(aws, "aps");
  const isElsewhere = places.prometheus !== environment.prometheus.url.replace(/\/+$/, "");
  let url: Promise<string> | undefined;
  return {
    name: isElsewhere ? places.prometheus : `the workspace ${workspace}`,
    url: () =>
      (url ??= isElsewhere ? Promise.resolve(places.prometheus) : workspaceUrl(aws, sign, workspace)),
    sign,
    scrapeInterval: environment.prometheus.scrapeInterval,
  };
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
