import { foreign, owned } from "./define";
import { oneOf, open } from "./labels";

/** What in the program measures it. Prometheus stores no label that is empty, as the last two are. */
const scope = { otel_scope_name: open(), otel_scope_schema_url: open(), otel_scope_version: open() };
const spans = { unit: "spans" } as const;
const received = {
  ...spans,
  labels: { ...scope, receiver: open(), transport: open() },
  absentWhen: "no span came yet",
} as const;
const written = { ...spans, labels: { ...scope, exporter: open() }, absentWhen: "no span came yet" } as const;
const storage = {
  ...scope,
  kind: open(),
  name: open(),
  operation: open(),
  result: oneOf("ok", "err"),
  role: open(),
};
const unasked = "nobody asked for traces yet";

/** What dashboards and rules read of Jaeger 2: it is an OpenTelemetry collector, which measures itself. */
export const jaeger = owned({ owner: "jaeger", title: "Traces (Jaeger)", exportedBy: ["jaeger"] }, [
  foreign("counter", "otelcol_receiver_accepted_spans_total", {
    ...received,
    help: "Spans that were taken.",
  }),
  foreign("counter", "otelcol_receiver_refused_spans_total", {
    ...received,
    help: "Spans that were not taken, as what follows had no room for them.",
  }),
  foreign("counter", "otelcol_receiver_failed_spans_total", {
    ...received,
    help: "Spans that were not taken, as they could not be read.",
  }),
  foreign("counter", "otelcol_exporter_sent_spans_total", { ...written, help: "Spans that were stored." }),
  foreign("counter", "otelcol_exporter_send_failed_spans_total", {
    ...written,
    help: "Spans that could not be stored, and are lost.",
  }),
  foreign("counter", "jaeger_storage_requests_total", {
    unit: "requests",
    help: "Questions to the storage of traces.",
    labels: storage,
    absentWhen: unasked,
  }),
  foreign("histogram", "jaeger_storage_latency_seconds", {
    unit: "seconds",
    help: "Time in which the storage of traces answered.",
    labels: storage,
    // Those of OpenTelemetry for milliseconds: of seconds they tell no more than whether it was above five.
    buckets: [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000],
    absentWhen: unasked,
  }),
  foreign("gauge", "otelcol_process_memory_rss_bytes", {
    unit: "bytes",
    help: "Memory of the process held in RAM.",
    labels: scope,
  }),
]);
