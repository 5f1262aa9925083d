import { matches, mul, or, rate, ratio, select, sum } from "../metrics/promql";
import type { Row } from "./dashboard";
import { grafana, range } from "./monitoring-queries";
import { colors } from "./palette";
import { timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";

/** Whether Grafana answers, and is answered. */
export function grafanaRow({ thresholds }: DashboardSettings): Row {
  const errors = sum(
    rate(
      select("grafana_http_request_duration_seconds_count", { ...grafana, status_code: matches("5..") }),
      range,
    ),
  );
  const requests = sum(rate(select("grafana_http_request_duration_seconds_count", grafana), range));
  const asked = { ...grafana, endpoint: "queryData" } as const;
  const perSource = { by: ["plugin_id"] } as const;
  const questions = sum(rate(select("grafana_plugin_request_total", asked), range), perSource);
  const failed = sum(
    rate(select("grafana_plugin_request_total", { ...asked, status: "error" }), range),
    perSource,
  );
  return {
    title: "Grafana",
    panels: [
      timeseriesPanel({
        title: "Grafana errors",
        description:
          "Share of Grafana's own requests that it answered with 500 or above. Dashed: its alert's threshold.",
        unit: "percentunit",
        span: 8,
        queries: { errors: ratio(or(errors, mul(requests, 0)), requests) },
        limits: { warning: thresholds.grafanaErrorRatio },
        colors: { errors: colors.failed },
      }),
      timeseriesPanel({
        title: "Failed questions to data sources",
        description:
          "Share of Grafana's questions to each kind of data source that failed. Dashed: its alert's threshold.",
        unit: "percentunit",
        span: 8,
        queries: { "{{plugin_id}}": ratio(or(failed, mul(questions, 0)), questions) },
        limits: { warning: thresholds.grafanaFailedQueries },
        noValue: "None asked",
      }),
      timeseriesPanel({
        title: "Answers of data sources",
        description: "HTTP requests per second that data sources answered, by data source and status.",
        unit: "reqps",
        span: 8,
        queries: {
          "{{datasource}} {{code}}": sum(rate(select("grafana_datasource_request_total", grafana), range), {
            by: ["datasource", "code"],
          }),
        },
        noValue: "None asked",
      }),
    ],
  };
}
