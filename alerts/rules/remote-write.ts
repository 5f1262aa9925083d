import { add, gt, or, rate, ratio, select, sub, sum } from "../../metrics/promql";
import type { AlertRule, DashboardUid, RuleSettings } from "../rule";
import { percent } from "../text";
import { type OwnThresholds, share, threshold } from "../threshold";

/** What the alerts of samples that are sent elsewhere compare with. */
export const remoteWriteThresholds = {
  remoteWriteLag: threshold("time by which samples come later elsewhere", "seconds", 120, [10, 86_400]),
  remoteWriteLost: threshold("samples that did not get elsewhere", "ratio", 0.01, share),
} as const satisfies OwnThresholds;

const common = {
  severity: "warning",
  labels: { service: "prometheus" },
  dashboard: { uid: "monitoring" },
} as const;

/** Alerts of samples that are sent elsewhere: whether they come there, and in time. */
export function remoteWriteAlerts({ thresholds: limits }: RuleSettings): AlertRule<DashboardUid>[] {
  const perQueue = { by: ["instance", "remote_name", "url"] } as const;
  const tried = sum(rate(select("prometheus_remote_storage_samples_total"), "5m"), perQueue);
  const failed = sum(rate(select("prometheus_remote_storage_samples_failed_total"), "5m"), perQueue);
  // There is no such series before the first one.
  const dropped = sum(rate(select("prometheus_remote_storage_samples_dropped_total"), "5m"), perQueue);
  return [
    {
      alert: "RemoteWriteBehind",
      expr: gt(
        sub(
          select("prometheus_remote_storage_queue_highest_timestamp_seconds"),
          select("prometheus_remote_storage_queue_highest_sent_timestamp_seconds"),
        ),
        limits.remoteWriteLag,
      ),
      for: "10m",
      keepFiringFor: "5m",
      summary: "Samples come late to {{ $labels.remote_name }}",
      description:
        "The newest sample that {{ $labels.instance }} has sent there is {{ $value | humanizeDuration }} older than its " +
        `newest; at most ${String(limits.remoteWriteLag)} s are allowed.`,
      ...common,
    },
    {
      alert: "RemoteWriteFailing",
      expr: gt(
        ratio(or(add(failed, dropped), failed), or(add(tried, dropped), tried)),
        limits.remoteWriteLost,
      ),
      for: "5m",
      keepFiringFor: "5m",
      summary: "Samples do not get to {{ $labels.remote_name }}",
      description:
        "{{ $value | humanizePercentage }} of the samples of the last 5 minutes were refused there or left out before: " +
        `they are lost there. At most ${percent(limits.remoteWriteLost)} may be.`,
      ...common,
    },
  ];
}
