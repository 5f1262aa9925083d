import { type AlertCase, every, rare, series } from "../cases";

const grafana = { job: "grafana", instance: "grafana:3000" } as const;
const questions = { ...grafana, plugin_id: "prometheus", endpoint: "queryData" } as const;

/** How the alerts of Grafana behave. */
export const grafanaCases: readonly AlertCase[] = [
  {
    alert: "GrafanaErrors",
    severity: "warning",
    series: [
      series(
        "grafana_http_request_duration_seconds_count",
        { ...grafana, status_code: "200" },
        [1, 0.955, 0.92],
      ),
      series(
        "grafana_http_request_duration_seconds_count",
        { ...grafana, status_code: "500" },
        [0, 0.045, 0.08],
      ),
    ],
    labels: { instance: "grafana:3000", service: "grafana" },
    summary: "Grafana answers with errors",
    description:
      "8% of the requests of the last 5 minutes were answered with a status of 500 or above; at most 5% may be.",
  },
  {
    alert: "GrafanaErrors",
    severity: "warning",
    // Nobody but its health check asks it; at the edge it errs once.
    series: [
      series("grafana_http_request_duration_seconds_count", { ...grafana, status_code: "200" }, [
        every(30),
        every(30),
        every(30),
      ]),
      series("grafana_http_request_duration_seconds_count", { ...grafana, status_code: "500" }, [
        0,
        every(240, { times: 1 }),
        every(240),
      ]),
    ],
    ...rare,
    labels: { instance: "grafana:3000", service: "grafana" },
    summary: "Grafana answers with errors",
    description:
      "9.091% of the requests of the last 5 minutes were answered with a status of 500 or above; at most 5% may be.",
  },
  {
    alert: "GrafanaQueriesFailing",
    severity: "warning",
    series: [
      series("grafana_plugin_request_total", { ...questions, status: "ok" }, [2, 1.84, 1.6]),
      series(
        "grafana_plugin_request_total",
        { ...questions, status: "error", status_source: "downstream" },
        [0, 0.16, 0.4],
      ),
    ],
    labels: { instance: "grafana:3000", plugin_id: "prometheus", service: "grafana" },
    summary: "Grafana is not answered by prometheus",
    description:
      "20% of its questions to prometheus of the last 5 minutes failed; at most 10% may. Dashboards have gaps.",
  },
];
