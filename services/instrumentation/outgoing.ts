import { context, propagation, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_FULL,
} from "@opentelemetry/semantic-conventions";
import { request, type Dispatcher } from "undici";
import { recordError } from "./traced";
import { activeTracer } from "./tracer";

// Not yet among the stable attributes of the package.
const ATTR_URL_TEMPLATE = "url.template";
const ATTR_PEER_SERVICE = "peer.service";

/** A call to another service. */
export interface OutgoingRequest {
  readonly method: Dispatcher.HttpMethod;
  readonly url: URL;
  /** The service that is called, as its own spans name it: what calls are counted by. Default: none. */
  readonly service?: string;
  /** Path with placeholders, such as `/products/:id`, for the span's name. Default: none. */
  readonly template?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: Buffer | string;
  /** Aborts the call. */
  readonly signal?: AbortSignal;
  /** Connections to use. Default: undici's global ones. */
  readonly dispatcher?: Dispatcher;
}

/**
 * Calls another service within a client span, whose context goes with the call in the W3C headers. The span ends when
 * the response's headers are there; as the HTTP conventions have it, a status from 400 on makes it an error.
 */
export async function tracedRequest(outgoing: OutgoingRequest): Promise<Dispatcher.ResponseData> {
  const { method, url, service, template, body, signal, dispatcher } = outgoing;
  const span = activeTracer().startSpan(template === undefined ? method : `${method} ${template}`, {
    kind: SpanKind.CLIENT,
    attributes: {
      [ATTR_HTTP_REQUEST_METHOD]: method,
      [ATTR_SERVER_ADDRESS]: url.hostname,
      [ATTR_SERVER_PORT]: Number(url.port || (url.protocol === "https:" ? 443 : 80)),
      [ATTR_URL_FULL]: `${url.origin}${url.pathname}`,
      ...(service !== undefined && { [ATTR_PEER_SERVICE]: service }),
      ...(template !== undefined && { [ATTR_URL_TEMPLATE]: template }),
    },
  });
  const headers: Record<string, string | string[]> = { ...outgoing.headers };
  propagation.inject(trace.setSpan(context.active(), span), headers);
  try {
    const response = await request(url, { method, headers, body, signal, dispatcher });
    span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, response.statusCode);
    if (response.statusCode >= 400) {
      span.setAttribute(ATTR_ERROR_TYPE, String(response.statusCode));
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    return response;
  } catch (error) {
    recordError(span, error);
    throw error;
  } finally {
    span.end();
  }
}
