import type { CallMetrics } from "./jaeger-settings";

/** Most label sets that are kept of one caller; what is beyond them is counted as one, with `otel_metric_overflow`. */
const maxSetsOfCaller = 500;

/**
 * Keeps the spans of calls to a service that is named: they know who calls whom. Newer collectors call the conditions
 * `trace_conditions`, and take both.
 */
export const callFilter = {
  error_mode: "ignore",
  traces: { span: ['span.kind != SPAN_KIND_CLIENT or span.attributes["peer.service"] == nil'] },
};

/** Counts and times calls by caller and callee; calls by their status, too. What a span is called is in no label. */
export function callConnector({ buckets }: CallMetrics): object {
  return {
    namespace: "traces.span.metrics",
    exclude_dimensions: ["span.name", "span.kind", "status.code"],
    dimensions: [{ name: "peer.service" }],
    // A call without an answer has no status.
    calls_dimensions: [{ name: "http.response.status_code", default: "none" }],
    histogram: {
      unit: "s",
      explicit: { buckets: buckets.map((seconds) => `${String(seconds)}s`) },
    },
    exemplars: { enabled: true, max_per_data_point: 5 },
    // All processes of a service count as one: a new one continues the counts of the one before.
    resource_metrics_key_attributes: ["service.name"],
    metrics_flush_interval: "5s",
    aggregation_cardinality_limit: maxSetsOfCaller,
  };
}
