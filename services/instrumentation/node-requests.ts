import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { context } from "@opentelemetry/api";
import type { HttpMetrics } from "./http-metrics";
import { endServerSpan, inContextOf, nameServerSpan, startServerSpan } from "./server-spans";
import { sampledContextOf } from "./trace-ids";
import { recordError } from "./traced";
import type { Tracing } from "./tracing";
import { statusOfUnfinished } from "./unfinished";

/** Tells the template of the route that answered a request, such as `/orders/:id`; undefined where none did. */
export type RouteOf = (request: IncomingMessage) => string | undefined;

/** Errors that requests ran into, for their spans. */
const errors = new WeakMap<IncomingMessage, unknown>();

/** Notes what a request ran into: its span tells it if the answer is a 5xx. */
export function noteError(request: IncomingMessage, error: unknown): void {
  errors.set(request, error);
}

/** Counts and traces the requests of servers of `node:http`, and of what is built on them. */
export class NodeRequests {
  private readonly servers = new Set<Server>();

  /** @param trustsCallers whether a caller's trace is continued */
  constructor(
    private readonly http: HttpMetrics,
    private readonly tracing: Tracing | undefined,
    private readonly trustsCallers: boolean,
  ) {}

  /**
   * Runs what answers a request, with its span active, and counts the request when its response is over.
   * @param routeOf asked when the response is over
   */
  run(request: IncomingMessage, response: ServerResponse, routeOf: RouteOf, answer: () => void): void {
    const start = performance.now();
    const { method = "" } = request;
    const span = this.tracing && startServerSpan(this.tracing, request, undefined, this.trustsCallers);
    // Once, after the last byte or when the connection is gone.
    response.once("close", () => {
      const status = response.writableFinished ? response.statusCode : statusOfUnfinished(request);
      const route = routeOf(request);
      const seconds = (performance.now() - start) / 1000;
      this.http.record(method, route, status, seconds, sampledContextOf(span?.span));
      if (!span) return;
      if (route !== undefined) nameServerSpan(span, method, route);
      if (status >= 500 && errors.has(request)) recordError(span.span, errors.get(request));
      endServerSpan(span, status);
    });
    if (span) {
      this.stopWith(request);
      // Their events come in the connection's own async context.
      context.bind(span.context, request);
      context.bind(span.context, response);
    }
    inContextOf(span, answer);
  }

  /** Lets tracing end with the last of the servers. */
  private stopWith({ socket }: IncomingMessage): void {
    const { server } = socket as { server?: Server };
    if (!server || this.servers.has(server)) return;
    this.servers.add(server);
    server.once("close", () => {
      this.servers.delete(server);
      if (this.servers.size === 0) void this.tracing?.stop();
    });
  }
}
