import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import {
  matches,
  max,
  mul,
  or,
  quantile,
  rate,
  ratio,
  select,
  sub,
  sum,
  time,
  variable,
} from "../metrics/promql";
import { dashboard, type DashboardSettings, serviceVariable } from "./dashboard";
import { statPanel, timeseriesPanel } from "./panels";

const service = variable(serviceVariable);
const range = "$__rate_interval";

const requests = sum(rate(select("http_requests_total", { service }), range), { by: ["service"] });
const failures = sum(rate(select("http_requests_total", { service, status_code: matches("5..") }), range), {
  by: ["service"],
});
const latencyBuckets = rate(select("http_request_duration_seconds_bucket", { service }), range);

/** How the services do: rate, errors and duration of their requests, and since when they run. */
export function serviceHealth(settings: DashboardSettings): Dashboard {
  return dashboard("service-health", "Service Health", settings)
    .description("Request rate, errors and response times of each service, and since when it runs.")
    .tags(["services"])
    .withPanel(
      timeseriesPanel({
        title: "Request rate",
        description: "Requests that each service answered, per second.",
        unit: "reqps",
        queries: { "{{service}}": requests },
      }),
    )
    .withPanel(
      timeseriesPanel({
        title: "Error ratio",
        description: "Share of each service's requests that it answered with a status of 500 or above.",
        unit: "percentunit",
        // Before the first failure there is no series of failures: that is a ratio of 0.
        queries: { "{{service}}": ratio(or(failures, mul(requests, 0)), requests) },
      }).max(1),
    )
    .withPanel(
      timeseriesPanel({
        title: "Response time",
        description: "Time in which half, 95 % and 99 % of each service's requests were answered.",
        unit: "s",
        queries: {
          "{{service}} p50": quantile(0.5, latencyBuckets, { by: ["service"] }),
          "{{service}} p95": quantile(0.95, latencyBuckets, { by: ["service"] }),
          "{{service}} p99": quantile(0.99, latencyBuckets, { by: ["service"] }),
        },
      }),
    )
    .withPanel(
      statPanel({
        title: "Uptime",
        description: "Time since the youngest process of each service was started.",
        unit: "s",
        queries: {
          "{{service}}": sub(
            time(),
            max(select("process_start_time_seconds", { service }), { by: ["service"] }),
          ),
        },
      }),
    )
    .build();
}
