import { foreign, owned } from "./define";
import { oneOf, open } from "./labels";

const ofHandler = { server: oneOf("https", "http", "metrics"), handler: open() } as const;

/**
 * What rules read of the edge, as Caddy 2.11 exports it. Each request to a site is counted once with the handler
 * `rate_limit`, which is the first that it comes to, and again by the others.
 */
export const edge = owned({ owner: "edge", title: "Reverse proxy (Caddy)", exportedBy: ["edge"] }, [
  foreign("histogram", "caddy_http_request_duration_seconds", {
    unit: "seconds",
    help: "Time in which requests were answered.",
    labels: { ...ofHandler, code: open(), method: open() },
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    absentWhen: "no request came yet",
  }),
]);
