import {
  context,
  createContextKey,
  ROOT_CONTEXT,
  trace,
  type Context,
  type Tracer,
} from "@opentelemetry/api";

/** Name of our spans' instrumentation scope. */
export const scopeName = "@microservices-monitoring/services";

const key = createContextKey("tracer of the application");

/** The context from which an application's requests start: spans in it are that application's, not another's. */
export function contextOf(tracer: Tracer): Context {
  return ROOT_CONTEXT.setValue(key, tracer);
}

/** The tracer of the application whose request this is; outside of any, that of the process. */
export function activeTracer(): Tracer {
  return (context.active().getValue(key) as Tracer | undefined) ?? trace.getTracer(scopeName);
}
