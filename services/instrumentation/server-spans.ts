import type { IncomingMessage } from "node:http";
import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
} from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_URL_PATH,
  ATTR_URL_SCHEME,
} from "@opentelemetry/semantic-conventions";
import { httpMethod } from "../../metrics/http";
import type { Tracing } from "./tracing";

/** The span of a request, with the context in which its handler runs. */
export interface ServerSpan {
  readonly span: Span;
  readonly context: Context;
}

const knownMethods: ReadonlySet<string> = new Set(httpMethod.values);

/**
 * Starts the span of a request as a child of the caller's, by its W3C headers, and names it by method and route.
 * @param route template of the route; undefined where none matched
 * @param trustsCaller false for a trace of its own, linked to the caller's
 */
export function startServerSpan(
  { tracer, root }: Pick<Tracing, "tracer" | "root">,
  { method = "", url = "", headers, socket }: IncomingMessage,
  route: string | undefined,
  trustsCaller = true,
): ServerSpan {
  const query = url.indexOf("?");
  const attributes: Attributes = {
    [ATTR_HTTP_REQUEST_METHOD]: method,
    [ATTR_URL_PATH]: query < 0 ? url : url.slice(0, query),
    [ATTR_URL_SCHEME]: "encrypted" in socket ? "https" : "http",
  };
  if (!knownMethods.has(method)) {
    attributes[ATTR_HTTP_REQUEST_METHOD] = "_OTHER";
    attributes[ATTR_HTTP_REQUEST_METHOD_ORIGINAL] = method;
  }
  if (route !== undefined) attributes[ATTR_HTTP_ROUTE] = route;
  const isChild = headers.traceparent !== undefined || headers.baggage !== undefined;
  const caller = isChild ? propagation.extract(root, headers) : root;
  // A stranger's baggage goes with its trace.
  const parent = trustsCaller ? caller : root;
  const linked = trustsCaller ? undefined : trace.getSpanContext(caller);
  const links = linked && [{ context: linked }];
  const name = nameOf(method, route);
  const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes, ...(links && { links }) }, parent);
  return { span, context: trace.setSpan(parent, span) };
}

/** Names the span of a request whose route was not known when it started. */
export function nameServerSpan({ span }: ServerSpan, method: string, route: string): void {
  span.updateName(nameOf(method, route));
  span.setAttribute(ATTR_HTTP_ROUTE, route);
}

function nameOf(method: string, route: string | undefined): string {
  const known = knownMethods.has(method) ? method : "HTTP";
  return route === undefined ? known : `${known} ${route}`;
}

/** Ends the span of a request; a status from 500 on is an error. */
export function endServerSpan({ span }: ServerSpan, status: number): void {
  span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, status);
  if (status >= 500) {
    span.setAttribute(ATTR_ERROR_TYPE, String(status));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

/** Calls back in the context of a request's span. */
export function inContextOf(span: ServerSpan | undefined, done: () => void): void {
  if (span) context.with(span.context, done);
  else done();
}
