import { type AlertCase, series } from "../cases";

const loki = { job: "loki", instance: "loki:3100" } as const;
const stream = { ...loki, tenant: "fake" } as const;
const push = { ...loki, method: "POST", route: "loki_api_v1_push" } as const;
const labels = { instance: "loki:3100", service: "loki" } as const;

/** How the alerts of Loki behave. */
export const lokiCases: readonly AlertCase[] = [
  {
    alert: "LokiLinesRefused",
    severity: "warning",
    series: [
      series("loki_distributor_lines_received_total", stream, [100, 100, 100]),
      series("loki_discarded_samples_total", { ...stream, reason: "rate_limited" }, [0, 0.5, 1.5]),
      series(
        "loki_discarded_samples_total",
        { ...stream, reason: "greater_than_max_sample_age" },
        [0, 0.4, 0.5],
      ),
    ],
    labels,
    summary: "Loki refuses log lines",
    description:
      "2% of the lines of the last 5 minutes were refused; at most 1% may be. They are missing in Grafana.",
  },
  {
    alert: "LokiErrors",
    severity: "warning",
    series: [
      series("loki_request_duration_seconds_count", { ...push, status_code: "204" }, [100, 96, 90]),
      series("loki_request_duration_seconds_count", { ...push, status_code: "500" }, [0, 4, 10]),
      // Of the health check while it starts: they count neither way.
      series(
        "loki_request_duration_seconds_count",
        { ...loki, method: "GET", route: "ready", status_code: "503" },
        [100, 100, 100],
      ),
    ],
    labels,
    summary: "Loki answers with errors",
    description:
      "10% of the requests of the last 5 minutes were answered with a status of 500 or above; at most 5% may be.",
  },
];
