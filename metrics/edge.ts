import { foreign, owned } from "./define";
import { oneOf, open } from "./labels";

const ofHandler = { server: oneOf("https", "http", "metrics"), handler: open() } as const;
const ofAnswer = { ...ofHandler, code: open(), method: open() } as const;
const untilRequests = "no request came yet";
const sizeBuckets = [256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304] as const;

/**
 * What dashboards and rules read of the edge, as Caddy 2.11 exports it. Each request to a site is counted once with the
 * handler `rate_limit`, which is the first that it comes to, and again by the others.
 */
export const edge = owned({ owner: "edge", title: "Reverse proxy (Caddy)", exportedBy: ["edge"] }, [
  foreign("histogram", "caddy_http_request_duration_seconds", {
    unit: "seconds",
    help: "Time in which requests were answered.",
    labels: ofAnswer,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    absentWhen: untilRequests,
  }),
  foreign("gauge", "caddy_http_requests_in_flight", {
    unit: "requests",
    help: "Requests that are being answered.",
    labels: ofHandler,
    absentWhen: untilRequests,
  }),
  foreign("histogram", "caddy_http_request_size_bytes", {
    unit: "bytes",
    help: "Size of requests with their bodies, as far as these were read.",
    labels: ofAnswer,
    buckets: sizeBuckets,
    absentWhen: untilRequests,
  }),
  foreign("histogram", "caddy_http_response_size_bytes", {
    unit: "bytes",
    help: "Size of the bodies of answers.",
    labels: ofAnswer,
    buckets: sizeBuckets,
    absentWhen: untilRequests,
  }),
  foreign("gauge", "caddy_reverse_proxy_upstreams_healthy", {
    unit: "boolean",
    help: "Whether a program behind the edge is asked (1), or was left out as it just failed (0).",
    labels: { upstream: open() },
  }),
  foreign("gauge", "caddy_config_last_reload_success_timestamp_seconds", {
    unit: "seconds",
    help: "When the configuration was taken last, in Unix time.",
  }),
]);
