import { matches, mul, not, or, quantile, rate, ratio, select, sum, variable } from "../metrics/promql";
import type { Row } from "./dashboard";
import { known } from "./guards";
import { timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";
import { failedTraces } from "./trace-links";
import { serviceVariable } from "./variables";

const range = "$__rate_interval";
const service = variable(serviceVariable);
/** Whoever counts them: the choice of instances is one of the services'. */
const counted = { job: "span-metrics", instance: matches(".+") } as const;
/** The calls that the chosen services make. */
const made = { ...counted, service_name: service, peer_service: not("") } as const;
/** The calls that they get. */
const got = { ...counted, service_name: not(""), peer_service: service } as const;
const perCall = { by: ["service_name", "peer_service"] } as const;
const legend = "{{service_name}} → {{peer_service}}";

const failed = { http_response_status_code: matches("5..|none") } as const;
/** Whichever side of a call was chosen. */
const all = or(perSecond(made), perSecond(got));
const failing = or(perSecond({ ...made, ...failed }), perSecond({ ...got, ...failed }));
const times = or(slowest(made), slowest(got));

type Call = typeof made | typeof got;

function perSecond(call: Call) {
  return sum(rate(select("traces_span_metrics_calls_total", call), range), perCall);
}

function slowest(call: Call) {
  return quantile(0.95, rate(select("traces_span_metrics_duration_seconds_bucket", call), range), perCall);
}

/** Who calls whom, as callers' spans tell it. Not there where no spans are counted. */
export function callRow(settings: DashboardSettings): Row {
  return {
    title: "Calls between services",
    panels: [
      timeseriesPanel({
        title: "Calls",
        description:
          "Calls per second from service to service, which the chosen ones make or get. By the traces that are kept.",
        unit: "reqps",
        span: 8,
        queries: { [legend]: all },
        noValue: "No calls",
      }),
      timeseriesPanel({
        title: "Failed calls",
        description:
          "Share of the calls that ended with 500 or above, or without an answer. A click on a line leads to traces of them.",
        unit: "percentunit",
        span: 8,
        queries: { [legend]: ratio(or(failing, mul(all, 0)), all) },
        links: failedTraces(settings, "service_name", { "peer.service": "peer_service" }),
        noValue: "No calls",
      }),
      timeseriesPanel({
        title: "Call time p95",
        description:
          "Time until the answer began, of 95 % of the calls, as the caller saw it. Points are traces of single calls.",
        unit: "s",
        span: 8,
        queries: { [legend]: known(times) },
        exemplars: true,
        noValue: "No calls",
      }),
    ],
  };
}
