import { gt, gte, increase, select, sinceStart, unless } from "../../metrics/promql";
import type { AlertRule, DashboardUid } from "../rule";

const common = { labels: { service: "prometheus" }, dashboard: { uid: "monitoring" } } as const;
/** Prometheus tries what failed again after a minute. */
const retriedWithin = "15m";

/** Alerts of Prometheus's own storage: what it could not write, read or repair without a loss. */
export function storageAlerts(): AlertRule<DashboardUid>[] {
  const corruptions = select("prometheus_tsdb_wal_corruptions_total");
  const anHourBefore = sinceStart(corruptions.offset("1h"));
  return [
    {
      alert: "PrometheusWalCorrupted",
      severity: "warning",
      // Most are found while it starts, before the first scrape: no increase shows them.
      expr: unless(gt(sinceStart(corruptions), 0), gte(anHourBefore, sinceStart(corruptions))),
      for: "1m",
      summary: "Prometheus has lost samples from its log",
      description:
        "{{ $labels.instance }} found its write-ahead log broken and cut it off there: the samples of the last hours " +
        "may have a gap.",
      ...common,
    },
    {
      alert: "PrometheusCompactionsFailing",
      severity: "warning",
      expr: gt(increase(select("prometheus_tsdb_compactions_failed_total"), retriedWithin), 0),
      // As long as the range: a single one that failed is no alert.
      for: retriedWithin,
      summary: "Prometheus cannot write its blocks",
      description:
        '{{ $labels.instance }} failed to compact about {{ $value | printf "%.0f" }} times in the last 15 minutes: its ' +
        "memory and its log grow until it can.",
      ...common,
    },
    {
      alert: "PrometheusBlockReloadsFailing",
      severity: "warning",
      expr: gt(increase(select("prometheus_tsdb_reloads_failures_total"), retriedWithin), 0),
      for: retriedWithin,
      summary: "Prometheus cannot load its blocks",
      description:
        '{{ $labels.instance }} failed to load its blocks about {{ $value | printf "%.0f" }} times in the last ' +
        "15 minutes: new ones are not seen, and old ones are not deleted.",
      ...common,
    },
  ];
}
