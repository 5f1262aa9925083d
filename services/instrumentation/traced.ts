import { SpanStatusCode, type Attributes, type Span } from "@opentelemetry/api";
import { activeTracer } from "./tracer";

/**
 * Runs a function within a span of its own, a child of the active one: `await traced("reserve stock", () => ...)`.
 * An exception is recorded in the span and thrown on. Costs next to nothing while tracing is off.
 * @param name what is done, without ids or other values
 * @param fn gets the span, for attributes known only later
 * @param attributes known from the start
 */
export function traced<T>(name: string, fn: (span: Span) => T, attributes: Attributes = {}): T {
  return activeTracer().startActiveSpan(name, { attributes }, (span) => {
    try {
      const result = fn(span);
      if (!isPromise(result)) {
        span.end();
        return result;
      }
      return result.then(
        (value: unknown) => {
          span.end();
          return value;
        },
        (error: unknown) => {
          fail(span, error);
          throw error;
        },
      ) as T;
    } catch (error) {
      fail(span, error);
      throw error;
    }
  });
}

function fail(span: Span, error: unknown): void {
  recordError(span, error);
  span.end();
}

/** Notes an exception in a span and marks the span as failed. */
export function recordError(span: Span, error: unknown): void {
  const exception = error instanceof Error ? error : new Error(String(error));
  span.recordException(exception);
  span.setStatus({ code: SpanStatusCode.ERROR, message: exception.message });
}

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}
