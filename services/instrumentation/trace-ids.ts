import { trace, TraceFlags, type Span, type SpanContext } from "@opentelemetry/api";
import type { TraceIds } from "./prometheus";

/** The ids of the active span, as log lines and exemplars name them; nothing outside of a span. */
export function activeTraceIds(): Partial<TraceIds> {
  const context = trace.getActiveSpan()?.spanContext();
  return context ? { trace_id: context.traceId, span_id: context.spanId } : {};
}

/** The context of a span for an exemplar: only of a sampled one, since no other trace can be looked up. */
export function sampledContextOf(span: Span | undefined): SpanContext | undefined {
  const context = span?.spanContext();
  return context && (context.traceFlags & TraceFlags.SAMPLED) !== 0 ? context : undefined;
}

/** The exemplar of the active span. */
export function exemplarOfActiveSpan(): TraceIds | undefined {
  const context = sampledContextOf(trace.getActiveSpan());
  return context && { trace_id: context.traceId, span_id: context.spanId };
}
