import { foreign, owned } from "./define";
import { open } from "./labels";

/** Upper bounds in seconds: a call that takes longer than the last one counts as that. */
export const callBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const edge = {
  /** Whoever calls. */
  service_name: open(),
  /** Whom it calls: what its spans have as `peer.service`. */
  peer_service: open(),
  otel_scope_name: open(),
  otel_scope_schema_url: open(),
  otel_scope_version: open(),
};
const absentWhen = "no service has called another yet";

/**
 * The calls between services, which Jaeger counts by the spans of their callers. What is too much for it has the label
 * `otel_metric_overflow` alone.
 */
export const spanMetrics = owned(
  { owner: "span metrics", title: "Calls between services (Jaeger)", exportedBy: ["span-metrics"] },
  [
    foreign("counter", "traces_span_metrics_calls_total", {
      unit: "calls",
      help: "Calls by caller, callee and status; `none` is the status of one that got no answer.",
      labels: { ...edge, http_response_status_code: open() },
      absentWhen,
    }),
    foreign("histogram", "traces_span_metrics_duration_seconds", {
      unit: "seconds",
      help: "Time until a call's answer began, by caller and callee.",
      labels: edge,
      buckets: callBuckets,
      absentWhen,
    }),
  ],
);
