import { absent, add, anyOf, gt, gte, increase, select, sinceStart, sum, unless } from "../../metrics/promql";
import type { AlertRule, DashboardUid, RuleSettings } from "../rule";

const common = {
  needs: ["prometheus-agents"],
  labels: { service: "prometheus" },
  dashboard: { uid: "monitoring" },
} as const;
/** What failed is tried again at the next scrape, or after two hours. */
const lookedAt = "15m";

/** Alerts of the agents that write to a workspace: whether anything comes of them, and whether they lose what waits. */
export function agentAlerts({ agentShards }: RuleSettings): AlertRule<DashboardUid>[] {
  return [...agentShards.map(silentAlert), ...logAlerts()];
}

/**
 * That none of the agents of a shard writes. It sees an outage of the workspace, too, once that takes samples again and those
 * of the agents are older than five minutes: their own lag comes as late as all else.
 */
function silentAlert(addresses: readonly string[], index: number): AlertRule<DashboardUid> {
  const shard = String(index + 1);
  const [first = "", ...others] = addresses;
  return {
    alert: "PrometheusAgentsSilent",
    severity: "critical",
    expr: absent(select("up", { job: "prometheus", instance: anyOf(first, ...others) })),
    for: "2m",
    summary: `Nothing comes of the targets of shard ${shard}`,
    description:
      `Nothing that is newer than five minutes has come of ${addresses.join(" and ")}: no alert watches what is scraped ` +
      "there.",
    ...common,
    labels: { ...common.labels, shard },
  };
}

function logAlerts(): AlertRule<DashboardUid>[] {
  const corruptions = select("prometheus_agent_corruptions_total");
  const anHourBefore = sinceStart(corruptions.offset("1h"));
  const perAgent = { by: ["instance"] } as const;
  const failedWrites = sum(increase(select("prometheus_tsdb_wal_writes_failed_total"), lookedAt), perAgent);
  const failedCuts = sum(
    increase(select("prometheus_tsdb_wal_truncations_failed_total"), lookedAt),
    perAgent,
  );
  return [
    {
      alert: "PrometheusAgentLogCorrupted",
      severity: "warning",
      // Most are found while it starts, before the first scrape: no increase shows them.
      expr: unless(gt(sinceStart(corruptions), 0), gte(anHourBefore, sinceStart(corruptions))),
      for: "1m",
      summary: "An agent has lost samples that were to be sent",
      description:
        "{{ $labels.instance }} found the log of what it has to send broken and cut it off there: what was not sent yet is lost.",
      ...common,
    },
    {
      alert: "PrometheusAgentLogFailing",
      severity: "warning",
      expr: gt(add(failedWrites, failedCuts), 0),
      // As long as the range: a single one that failed is no alert.
      for: lookedAt,
      summary: "An agent cannot write its log",
      description:
        '{{ $labels.instance }} failed about {{ $value | printf "%.0f" }} times in the last 15 minutes to write the log of what it ' +
        "has to send, or to cut it off: samples are lost, or its disk fills.",
      ...common,
    },
  ];
}
