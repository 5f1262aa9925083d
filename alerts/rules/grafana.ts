import { gt, matches, rate, ratio, select, sum } from "../../metrics/promql";
import type { AlertRule, DashboardUid, RuleSettings } from "../rule";
import { percent } from "../text";
import { type OwnThresholds, share, threshold } from "../threshold";

/** What the alerts of Grafana compare with. */
export const grafanaThresholds = {
  grafanaErrorRatio: threshold("requests that Grafana answered with 500 or above", "ratio", 0.05, share),
  grafanaFailedQueries: threshold("questions of Grafana to a data source that failed", "ratio", 0.1, share),
} as const satisfies OwnThresholds;

const common = { labels: { service: "grafana" }, dashboard: { uid: "monitoring" } } as const;
const perInstance = { by: ["instance"] } as const;

/** Alerts of Grafana: whether it answers, and is answered. */
export function grafanaAlerts({ thresholds: limits }: RuleSettings): AlertRule<DashboardUid>[] {
  const asked = { endpoint: "queryData" } as const;
  const perSource = { by: ["instance", "plugin_id"] } as const;
  return [
    {
      alert: "GrafanaErrors",
      severity: "warning",
      expr: gt(
        ratio(
          sum(
            rate(
              select("grafana_http_request_duration_seconds_count", { status_code: matches("5..") }),
              "5m",
            ),
            perInstance,
          ),
          sum(rate(select("grafana_http_request_duration_seconds_count"), "5m"), perInstance),
        ),
        limits.grafanaErrorRatio,
      ),
      for: "5m",
      keepFiringFor: "5m",
      summary: "Grafana answers with errors",
      description:
        "{{ $value | humanizePercentage }} of the requests of the last 5 minutes were answered with a status of 500 or " +
        `above; at most ${percent(limits.grafanaErrorRatio)} may be.`,
      ...common,
    },
    {
      alert: "GrafanaQueriesFailing",
      severity: "warning",
      // The requests that are answered are counted elsewhere, too; here those that nobody answers are.
      expr: gt(
        ratio(
          sum(rate(select("grafana_plugin_request_total", { ...asked, status: "error" }), "5m"), perSource),
          sum(rate(select("grafana_plugin_request_total", asked), "5m"), perSource),
        ),
        limits.grafanaFailedQueries,
      ),
      for: "5m",
      keepFiringFor: "5m",
      summary: "Grafana is not answered by {{ $labels.plugin_id }}",
      description:
        "{{ $value | humanizePercentage }} of its questions to {{ $labels.plugin_id }} of the last 5 minutes failed; " +
        `at most ${percent(limits.grafanaFailedQueries)} may. Dashboards have gaps.`,
      ...common,
    },
  ];
}
