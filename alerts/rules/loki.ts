import { gt, matches, rate, ratio, select, sum } from "../../metrics/promql";
import type { AlertRule, DashboardUid, RuleSettings } from "../rule";
import { percent } from "../text";
import { type OwnThresholds, share, threshold } from "../threshold";

/** What the alerts of Loki compare with. */
export const lokiThresholds = {
  lokiRefusedLines: threshold("log lines that Loki refused", "ratio", 0.01, share),
  lokiErrorRatio: threshold("requests that Loki answered with 500 or above", "ratio", 0.05, share),
} as const satisfies OwnThresholds;

const common = {
  severity: "warning",
  for: "5m",
  keepFiringFor: "5m",
  labels: { service: "loki" },
  dashboard: { uid: "monitoring" },
} as const;
const perInstance = { by: ["instance"] } as const;

/** Alerts of Loki: whether it takes the lines that come, and answers. */
export function lokiAlerts({ thresholds: limits }: RuleSettings): AlertRule<DashboardUid>[] {
  const requests = "loki_request_duration_seconds_count";
  // Not the health check, which is answered with 503 as long as it starts, nor Loki's calls to itself.
  const ofApi = { route: matches("loki_api_v1_.+") } as const;
  return [
    {
      alert: "LokiLinesRefused",
      expr: gt(
        ratio(
          sum(rate(select("loki_discarded_samples_total"), "5m"), perInstance),
          sum(rate(select("loki_distributor_lines_received_total"), "5m"), perInstance),
        ),
        limits.lokiRefusedLines,
      ),
      summary: "Loki refuses log lines",
      description:
        "{{ $value | humanizePercentage }} of the lines of the last 5 minutes were refused; at most " +
        `${percent(limits.lokiRefusedLines)} may be. They are missing in Grafana.`,
      ...common,
    },
    {
      alert: "LokiErrors",
      expr: gt(
        ratio(
          sum(rate(select(requests, { ...ofApi, status_code: matches("5..") }), "5m"), perInstance),
          sum(rate(select(requests, ofApi), "5m"), perInstance),
        ),
        limits.lokiErrorRatio,
      ),
      summary: "Loki answers with errors",
      description:
        "{{ $value | humanizePercentage }} of the requests of the last 5 minutes were answered with a status of 500 or " +
        `above; at most ${percent(limits.lokiErrorRatio)} may be.`,
      ...common,
    },
  ];
}
