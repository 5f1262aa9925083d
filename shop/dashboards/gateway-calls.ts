import type { Row } from "../../dashboards/dashboard";
import { known } from "../../dashboards/guards";
import type { Colors } from "../../dashboards/palette";
import { timeseriesPanel } from "../../dashboards/panels";
import { serviceVariable } from "../../dashboards/variables";
import { matches, mul, or, quantile, rate, ratio, sum, variable } from "../../metrics/promql";
import { select } from "../promql";

const range = "$__rate_interval";
const service = variable(serviceVariable);

/** What the gateway passes on, by the service that it asks. */
export function gatewayCalls(colors: Colors): Row {
  const own = { job: "api-gateway", instance: matches(".+"), target_service: service } as const;
  const perTarget = { by: ["target_service"] } as const;
  const calls = sum(rate(select("proxy_request_duration_seconds_count", own), range), perTarget);
  const failed = sum(
    rate(select("proxy_request_duration_seconds_count", { ...own, status_code: matches("5..") }), range),
    perTarget,
  );
  const times = rate(select("proxy_request_duration_seconds_bucket", own), range);
  return {
    title: "Calls of the gateway",
    folded: true,
    panels: [
      timeseriesPanel({
        title: "Proxied calls",
        description: "Calls per second that the gateway passed on, by the service that it asked.",
        unit: "reqps",
        span: 8,
        queries: { "{{target_service}}": calls },
        colors,
      }),
      timeseriesPanel({
        title: "Proxied calls: error ratio",
        description:
          "Share of the calls that ended with 500 or above; 502 and 504 where the service gave no answer.",
        unit: "percentunit",
        span: 8,
        queries: { "{{target_service}}": ratio(or(failed, mul(calls, 0)), calls) },
        colors,
      }),
      timeseriesPanel({
        title: "Proxied calls: p95",
        description: "Time in which 95 % of the calls were answered, as the gateway saw it.",
        unit: "s",
        span: 8,
        queries: { "{{target_service}}": known(quantile(0.95, times, perTarget)) },
        colors,
      }),
    ],
  };
}
