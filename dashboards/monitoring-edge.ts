import {
  anyOf,
  avg,
  avgOverTime,
  matches,
  max,
  min,
  mul,
  or,
  quantile,
  rate,
  ratio,
  select,
  sub,
  sum,
  time,
} from "../metrics/promql";
import { edgePrograms, probeJob } from "../metrics/targets";
import { bothWaysPanel } from "./both-ways";
import { certificatesEnd } from "./certificates-end";
import type { Row } from "./dashboard";
import { known } from "./guards";
import { any, edge, range } from "./monitoring-queries";
import { colors, palette } from "./palette";
import { statPanel, timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";

const requests = "caddy_http_request_duration_seconds_count";
/** Of the handlers that count a request, the first. */
const once = { ...edge, server: "https", handler: "rate_limit" } as const;
const pages = { job: probeJob, service: anyOf(...edgePrograms), instance: any } as const;
const perPage = { by: ["service"] } as const;

/** What people reach at the edge, and what it keeps away. */
export function edgeRow({ thresholds }: Pick<DashboardSettings, "thresholds">): Row {
  const answered = sum(rate(select(requests, once), range));
  const answeredWith = (code: string) => rate(select(requests, { ...once, code: matches(code) }), range);
  const took = rate(select("caddy_http_request_duration_seconds_bucket", once), range);
  return {
    title: "Edge",
    panels: [
      timeseriesPanel({
        title: "Requests at the edge",
        description: "Requests per second from outside, by the class of the answer.",
        unit: "reqps",
        stacked: true,
        queries: {
          "2xx": sum(answeredWith("2..")),
          "3xx": sum(answeredWith("3..")),
          "4xx": sum(answeredWith("4..")),
          "5xx": sum(answeredWith("5..")),
        },
        colors: {
          "2xx": palette.bluishGreen,
          "3xx": palette.skyBlue,
          "4xx": palette.orange,
          "5xx": colors.failed,
        },
        noValue: "No requests",
      }),
      timeseriesPanel({
        title: "Errors at the edge",
        description:
          "Share of the requests that were answered with 500 or above: 502 and 504 are the edge's own, where the program behind it does not answer. Dashed: its alert's threshold.",
        unit: "percentunit",
        queries: { failed: ratio(or(sum(answeredWith("5..")), mul(answered, 0)), answered) },
        limits: { warning: thresholds.edgeErrorRatio },
        colors: { failed: colors.failed },
        noValue: "No requests",
      }),
      timeseriesPanel({
        title: "Response time at the edge",
        description:
          "The time in which 50, 95 and 99 % of the requests were answered, program and edge together.",
        unit: "s",
        queries: {
          p50: known(quantile(0.5, took)),
          p95: known(quantile(0.95, took)),
          p99: known(quantile(0.99, took)),
        },
        noValue: "No requests",
      }),
      timeseriesPanel({
        title: "Requests in flight at the edge",
        description:
          "Requests that are being answered. Where programs behind it are slow, they pile up here.",
        unit: "none",
        queries: { "in flight": sum(select("caddy_http_requests_in_flight", once)) },
        noValue: "No requests",
      }),
      timeseriesPanel({
        title: "Refused at the edge",
        description:
          "Requests per second with a wrong password (401), beyond a client's limit (429), and with too great a body (413).",
        unit: "reqps",
        queries: {
          "wrong password": sum(
            rate(
              select(requests, { ...edge, server: "https", handler: "authentication", code: "401" }),
              range,
            ),
          ),
          "beyond the limit": sum(rate(select(requests, { ...once, code: "429" }), range)),
          "too great": sum(rate(select(requests, { ...once, code: "413" }), range)),
        },
        noValue: "None refused",
      }),
      bothWaysPanel({
        title: "Traffic at the edge",
        description:
          "Bytes per second of requests with their bodies, above the axis, and of the bodies of answers, below.",
        unit: "Bps",
        above: {
          name: "received",
          query: sum(rate(select("caddy_http_request_size_bytes_sum", once), range)),
        },
        below: { name: "sent", query: sum(rate(select("caddy_http_response_size_bytes_sum", once), range)) },
        noValue: "No requests",
      }),
      timeseriesPanel({
        title: "Programs behind the edge",
        description:
          "1 for each program that the edge asks, 0 for one that it leaves out for some seconds, as it just failed and another is there.",
        unit: "none",
        worst: "least",
        queries: {
          "{{upstream}}": min(select("caddy_reverse_proxy_upstreams_healthy", edge), { by: ["upstream"] }),
        },
      }),
      timeseriesPanel({
        title: "Pages from outside",
        description:
          "Share of the requests from outside that each page at the edge answered as it should: in time, with a certificate that holds, and by asking for a login.",
        unit: "percentunit",
        max: 1,
        worst: "least",
        queries: { "{{service}}": avg(avgOverTime(select("probe_success", pages), range), perPage) },
      }),
      certificatesEnd({
        title: "Certificates at the edge end in",
        description: "Time until the first certificate of the chain of each page ends.",
        ends: min(select("probe_ssl_earliest_cert_expiry", pages), perPage),
        span: 18,
        thresholds,
      }),
      statPanel({
        title: "Configuration since",
        description: "Time since the edge took its configuration: another one is another container.",
        unit: "s",
        span: 6,
        queries: {
          since: sub(time(), max(select("caddy_config_last_reload_success_timestamp_seconds", edge))),
        },
      }),
    ],
  };
}
