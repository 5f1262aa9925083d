import type { FastifyReply, FastifyRequest } from "fastify";
import { Agent, type Dispatcher } from "undici";
import { httpStatusCodeLabel } from "../../metrics/http";
import { seconds } from "../../metrics/units";
import { tracedRequest, type BusinessMetrics } from "../instrumentation";
import type { App } from "../platform/app";
import { Problem } from "../platform/problem";
import { requestHeaders, responseHeaders } from "./headers";
import type { ShopCatalogue } from "../../shop/metrics/catalogue";

type Duration = BusinessMetrics<ShopCatalogue, "api-gateway">["proxy_request_duration_seconds"];

/** A service behind the gateway. */
export interface Target {
  /** Path below which its routes are seen. */
  readonly prefix: string;
  readonly service: "product-service" | "auth-service" | "order-service";
  readonly url: URL;
}

/** Methods that are passed on. */
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** What services show to those beside them, not to the world. */
const inside = /^\/(?:internal|metrics|health)(?:\/|$)/i;

/** Passes requests on to the services behind. */
export class Proxy {
  private readonly agent: Agent;

  /**
   * @param timeoutMs longest time until the headers of an answer, and between two parts of its body
   * @param trustsCallers whether what clients say of their traces is passed on
   */
  constructor(
    private readonly duration: Duration,
    private readonly timeoutMs: number,
    private readonly trustsCallers: boolean,
  ) {
    this.agent = new Agent({ bodyTimeout: timeoutMs, connect: { timeout: timeoutMs } });
  }

  /** Closes the connections to the services behind. */
  close(): Promise<void> {
    return this.agent.close();
  }

  /**
   * Passes a request on, and the answer back as it arrives.
   * @throws Problem with 502 when the service cannot be reached, 504 when it takes too long
   */
  async forward(target: Target, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const url = new URL(target.url.origin + pathBehind(target, request.url));
    const abandoned = new AbortController();
    reply.raw.once("close", () => {
      if (!reply.raw.writableFinished) abandoned.abort();
    });
    const response = await this.answerOf(target, url, request, abandoned.signal);
    return reply.code(response.statusCode).headers(responseHeaders(response.headers)).send(response.body);
  }

  private async answerOf(
    target: Target,
    url: URL,
    request: FastifyRequest,
    abandoned: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const deadline = new AbortController();
    const timer = setTimeout(() => {
      deadline.abort();
    }, this.timeoutMs);
    const start = performance.now();
    const measure = (status: number) => {
      const labels = { target_service: target.service, status_code: httpStatusCodeLabel(status) };
      this.duration.observe(labels, seconds((performance.now() - start) / 1000));
    };
    try {
      const response = await tracedRequest({
        method: request.method as Dispatcher.HttpMethod,
        url,
        service: target.service,
        headers: requestHeaders(
          request.headers,
          { ip: request.ip, host: request.host, httpVersion: request.raw.httpVersion },
          this.trustsCallers,
        ),
        signal: AbortSignal.any([abandoned, deadline.signal]),
        dispatcher: this.agent,
        ...(Buffer.isBuffer(request.body) && { body: request.body }),
      });
      measure(response.statusCode);
      return response;
    } catch (cause) {
      const failure = failureOf(target, abandoned.aborted, deadline.signal.aborted, cause);
      measure(failure.statusCode);
      throw failure;
    } finally {
      clearTimeout(timer);
    }
  }
}

function failureOf({ service }: Target, isAbandoned: boolean, isLate: boolean, cause: unknown): Problem {
  if (isAbandoned) return new Problem(499, "The client went away.", { cause });
  if (isLate) return new Problem(504, `The ${service} took too long to answer.`, { cause });
  return new Problem(502, `The ${service} cannot be reached.`, { cause });
}

/** Adds the routes of the services behind; bodies pass through as they are, up to the body limit. */
export function addProxyRoutes(app: App, proxy: Proxy, targets: readonly Target[]): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
  for (const target of targets) {
    app.route({
      method: [...methods],
      url: `${target.prefix}/*`,
      exposeHeadRoute: false,
      handler: (request, reply) => proxy.forward(target, request, reply),
    });
  }
}

/**
 * The path for the service behind.
 * @throws Problem with 404 for paths that services show to those beside them only
 */
function pathBehind({ prefix }: Target, url: string): string {
  const path = url.slice(prefix.length);
  // As the service behind would read it: dot segments resolved, percent encoding undone.
  const { pathname, search } = new URL(`http://behind${path}`);
  if (inside.test(decodeURIComponent(pathname).replace(/\/+/g, "/")) || !path.startsWith("/")) {
    throw new Problem(404, "There is nothing at this address with this method.");
  }
  return pathname + search;
}
