import { trace, TraceFlags, type Span } from "@opentelemetry/api";
import type { TraceIds } from "./prometheus";

/** The ids of the active span, as log lines and exemplars name them; nothing outside of a span. */
export function activeTraceIds(): Partial<TraceIds> {
  const context = trace.getActiveSpan()?.spanContext();
  return context ? { trace_id: context.traceId, span_id: context.spanId } : {};
}

/** The ids of a span for an exemplar: only of a sampled one, since no other trace can be looked up. */
export function exemplarOf(span: Span | undefined): TraceIds | undefined {
  const context = span?.spanContext();
  if (!context || (context.traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  return { trace_id: context.traceId, span_id: context.spanId };
}

/** The exemplar of the active span. */
export function exemplarOfActiveSpan(): TraceIds | undefined {
  return exemplarOf(trace.getActiveSpan());
}
