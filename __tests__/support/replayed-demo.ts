import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Demo } from "../../demo/demo";
import { secondsOf } from "../../metrics/duration";
import { requestJson } from "../../operations/clients/json-client";
import { readConfiguration, type Route } from "../../review/alertmanager/configuration";
import type { Notification } from "../../review/alertmanager/notification";
import { replayAlertmanager } from "../../review/alertmanager/replay";
import { renderMessage } from "../../review/messages/render-message";
import type { Past } from "../../review/past/past";
import { type Replayed, type ReplayedVersion, replayVersions } from "../../review/replay/replay-versions";
import type { ToldMessage } from "./compared-messages";

/** The configuration that a demo's programs run with, as its files have it. */
export interface DemoFiles {
  readonly version: ReplayedVersion;
  readonly alertmanager: string;
  readonly templates: string;
}

/** Reads what a demo's Prometheus and Alertmanager were given: faster than deployed. */
export function filesOfDemo({ folder }: Pick<Demo, "folder">): DemoFiles {
  const prometheus = join(folder, "containers/prometheus/etc/prometheus");
  const alertmanager = join(folder, "containers/alertmanager/etc/alertmanager");
  const { global } = parse(readFileSync(join(prometheus, "prometheus.yml"), "utf8")) as {
    readonly global: {
      readonly evaluation_interval: string;
      readonly external_labels: Record<string, string>;
    };
  };
  const rules = join(prometheus, "rules");
  return {
    version: {
      ruleFiles: Object.fromEntries(
        readdirSync(rules).map((file) => [file, readFileSync(join(rules, file), "utf8")]),
      ),
      evaluationInterval: global.evaluation_interval,
      externalLabels: global.external_labels,
    },
    alertmanager: readFileSync(join(alertmanager, "alertmanager.yml"), "utf8"),
    templates: readFileSync(join(alertmanager, "notifications.tmpl"), "utf8"),
  };
}

/** The same past, but nobody knows which rules have recorded its series: all are computed anew. */
export function withoutRecords(past: Past): Past {
  const { name, from, to, groups, gaps, lookback } = past;
  return {
    name,
    from,
    to,
    groups,
    gaps,
    lookback,
    records: [],
    evaluate: (expression, steps) => past.evaluate(expression, steps),
  };
}

/** What the rules of a demo would have done. */
export async function replayedRules({ version }: DemoFiles, past: Past): Promise<Replayed> {
  const [replayed] = await replayVersions([version], past, { from: past.from, to: past.to });
  if (replayed === undefined) throw new Error("Nothing was replayed.");
  return replayed;
}

/** The messages that a demo's Alertmanager would have sent, as its inbox names their receivers. */
export async function replayedMessages(
  demo: Demo,
  { alertmanager, templates, version }: DemoFiles,
  { firings }: Pick<Replayed, "firings">,
  to: number,
): Promise<readonly ToldMessage[]> {
  const { prometheus, alertmanagers } = demo;
  const flags = await prometheus?.get<Readonly<Record<string, string>>>("/api/v1/status/flags");
  const { uptime } = await requestJson<{ readonly uptime: string }>(
    `${alertmanagers[0]?.url ?? ""}/api/v2/status`,
  );
  const { notifications } = replayAlertmanager(firings, readConfiguration(alertmanager), {
    from: Date.parse(uptime),
    to,
    resendDelay: secondsOf(flags?.["rules.alert.resend-delay"] ?? "1m") * 1_000,
    // The default of `--dispatch.maintenance-interval`.
    emptyGroupsInterval: 30_000,
  });
  const configuration: unknown = parse(alertmanager);
  const settings = {
    configuration,
    templates,
    externalUrl: alertmanagers[0]?.url ?? "",
    rules: { externalLabels: version.externalLabels, externalUrl: prometheus?.url ?? "" },
  };
  return notifications.map((notification) => ({
    receiver: inboxNameOf(notification, configuration),
    status: notification.status,
    title: renderMessage(notification, settings).title,
    time: notification.time,
  }));
}

/** A mail is known by its recipient. */
function inboxNameOf({ receiver, integration, index }: Notification, configuration: unknown): string {
  if (integration !== "email_configs") return receiver;
  const { receivers } = configuration as {
    readonly receivers: readonly {
      readonly name: string;
      readonly email_configs?: readonly { to: string }[];
    }[];
  };
  return receivers.find(({ name }) => name === receiver)?.email_configs?.[index]?.to ?? receiver;
}

/** The longest group interval with which a receiver is told, by its name in the inbox. */
export function groupIntervals(text: string): (inboxName: string) => number {
  const { route, receivers } = readConfiguration(text);
  const mails = parse(text) as unknown;
  const intervals = new Map<string, number>();
  const add = (each: Route) => {
    for (const { kind, index } of receivers.get(each.receiver)?.integrations ?? []) {
      const notification = { receiver: each.receiver, integration: kind, index } as Notification;
      const name = inboxNameOf(notification, mails);
      intervals.set(name, Math.max(intervals.get(name) ?? 0, each.groupInterval));
    }
    each.routes.forEach(add);
  };
  add(route);
  return (name) => intervals.get(name) ?? 0;
}
