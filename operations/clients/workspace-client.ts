import { AlertmanagerClient, type AlertmanagerStatus, type NotificationCount } from "./alertmanager-client";
import { domainOf } from "./aws-query";
import { requestJson } from "./json-client";
import { PrometheusClient, type Target, type TargetMetadata } from "./prometheus-client";
import type { Sign } from "./signed-requests";
import type { AwsPlace } from "./topics-client";

/** A workspace of Amazon Managed Service for Prometheus, and how it is asked. */
export interface WorkspaceAsked {
  /** Base URL of its API, without a slash at its end; looked up where it is asked first. */
  readonly url: () => Promise<string>;
  /** How messages call it. */
  readonly name: string;
  readonly sign: Sign;
  /** Seconds between two scrapes. */
  readonly scrapeInterval: string;
}

/** A name as ListWorkspaces answers it: more than one workspace can have an alias. */
interface ListedWorkspace {
  readonly alias?: string;
  readonly workspaceId: string;
}

/**
 * The base URL of the API of the one workspace of an alias.
 * @throws Error where there is none, or more than one
 */
export async function workspaceUrl(place: AwsPlace, sign: Sign, alias: string): Promise<string> {
  const { region, emulatorUrl } = place;
  const api = emulatorUrl ?? `https://aps.${region}.${domainOf(region)}`;
  const url = `${api}/workspaces?alias=${encodeURIComponent(alias)}`;
  const { workspaces } = await requestJson<{ workspaces: readonly ListedWorkspace[] }>(url, await sign(url));
  // AWS finds by the beginning of an alias.
  const [found, ...others] = workspaces.filter((each) => each.alias === alias);
  if (found === undefined) throw new Error(`there is no workspace ${alias} in ${region}`);
  if (others.length > 0)
    throw new Error(`there are ${String(others.length + 1)} workspaces ${alias} in ${region}`);
  return `https://aps-workspaces.${region}.${domainOf(region)}/workspaces/${found.workspaceId}`;
}

/** Asks a workspace for samples, rules and alerts, in the place of a Prometheus. */
export class WorkspaceClient extends PrometheusClient {
  /** @param asked the workspace */
  constructor(private readonly asked: WorkspaceAsked) {
    super(asked.name);
  }

  /** Whether it answers queries. @throws Error when it does not */
  override async ready(): Promise<void> {
    await this.query("vector(1)");
  }

  /** The targets of the last minutes, as its agents have written of them: of none why it is down. */
  override async targets(): Promise<readonly Target[]> {
    const [up, times] = await Promise.all([this.query("up"), this.query("timestamp(up)")]);
    const keyOf = (labels: Readonly<Record<string, string>>) => {
      const own = Object.entries(labels).filter(([name]) => name !== "__name__");
      return JSON.stringify(own.sort(([one], [other]) => (one < other ? -1 : 1)));
    };
    const scraped = new Map(times.map(({ metric, value }) => [keyOf(metric), value]));
    return up.map(({ metric, value }) => ({
      labels: metric,
      scrapePool: metric.job ?? "",
      scrapeUrl: metric.instance ?? "",
      health: value === 1 ? ("up" as const) : ("down" as const),
      lastError: value === 1 ? "" : "its agent knows why, see docs/managed-prometheus-agents.md",
      lastScrape: new Date((scraped.get(keyOf(metric)) ?? 0) * 1_000).toISOString(),
      scrapeInterval: this.asked.scrapeInterval,
    }));
  }

  /** None: its own Alertmanager is no address. */
  override alertmanagers(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  /** One without labels where any target announces the metric: a workspace does not keep which. */
  override async announcing(metric: string): Promise<readonly TargetMetadata[]> {
    const known = await this.get<Readonly<Record<string, unknown>>>(
      `/api/v1/metadata?metric=${encodeURIComponent(metric)}`,
    );
    return Object.keys(known).length > 0 ? [{ target: {} }] : [];
  }

  override async get<T>(path: string): Promise<T> {
    const url = (await this.asked.url()) + path;
    return (await requestJson<{ data: T }>(url, await this.asked.sign(url))).data;
  }
}

/** Asks the Alertmanager of a workspace. */
export class WorkspaceAlertmanagerClient extends AlertmanagerClient {
  /** @param asked the workspace */
  constructor(private readonly asked: WorkspaceAsked) {
    super(`the Alertmanager of ${asked.name}`);
  }

  /** Whether it answers. @throws Error when it does not */
  override async ready(): Promise<void> {
    await this.status();
  }

  override status(): Promise<AlertmanagerStatus> {
    return this.request("/api/v2/status");
  }

  /** @throws Error always: CloudWatch alone counts them, for all receivers together */
  override notifications(): Promise<ReadonlyMap<string, NotificationCount>> {
    return Promise.reject(
      new Error(
        "a workspace does not say whom it told: CloudWatch counts its notifications, of all receivers together",
      ),
    );
  }

  protected override async request<T>(path: string, init: RequestInit = {}): Promise<T> {
    const url = `${await this.asked.url()}/alertmanager${path}`;
    return requestJson<T>(url, await this.asked.sign(url, init));
  }
}
