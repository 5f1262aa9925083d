import type { IncomingMessage, ServerResponse } from "node:http";
import type { Catalogue, ServiceOf } from "../../metrics/catalogue";
import type { BusinessMetrics } from "./business-metrics";
import type { Format } from "./exposition";
import { withExpressErrors } from "./express-errors";
import { expressRouteOf, expressRoutes, type ExpressRequest } from "./express-routes";
import { NodeRequests, noteError, type RouteOf } from "./node-requests";
import { ownEndpoints } from "./own-endpoints";
import { Readiness, type ReadinessCheck } from "./readiness";
import { metricsOf } from "./service-metrics";
import { startTracing } from "./tracing";
import type { Environment } from "./tracing-config";

/** Options of `service`. */
export interface NodeServiceOptions {
  /** Answers whether the service can do its work, for `/health/ready`. Default: it can. */
  readonly ready?: ReadinessCheck;
  /** Whether `/metrics` is answered. False: `render` gives them. Default: true. */
  readonly exposeMetrics?: boolean;
  /**
   * Whether a caller's trace is continued. False at the edge: each request begins a trace, which is linked to the
   * caller's, and decides by itself whether it is sampled. Default: true.
   */
  readonly trustCallers?: boolean;
  /** Where the variables for tracing come from. Default: `process.env`. */
  readonly env?: Environment;
  /** Gets what is to be known of tracing. Default: a warning of the process. */
  readonly warn?: (message: string) => void;
}

/** A listener of a server of `node:http`. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A middleware of Express. */
export type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** A service on Express 5 or `node:http`. */
export interface NodeService<C extends Catalogue, S extends ServiceOf<C>> {
  /** The service's own metrics, typed from the catalogue. Their known label sets are there at 0 from the start. */
  readonly metrics: BusinessMetrics<C, S>;
  /**
   * Its own metrics of another catalogue, in the same `/metrics`.
   * @throws Error when that catalogue does not know the service, or has a metric that another one of its catalogues has
   */
  readonly metricsOf: <D extends Catalogue>(
    catalogue: D & (S extends ServiceOf<D> ? unknown : never),
  ) => BusinessMetrics<D, S & ServiceOf<D>>;
  /**
   * Measures and traces an application of Express 5, as its first middleware: `app.use(express())`. Adds `/metrics`,
   * `/health`, `/health/live` and `/health/ready`.
   */
  readonly express: () => Middleware;
  /**
   * Measures and traces a server of `node:http`: `createServer(handler(listener, routeOf))`. Adds the same.
   * @param routeOf tells a request's route once its response is over. Default: no request has one
   */
  readonly handler: (listener: Listener, routeOf?: RouteOf) => Listener;
  /** The exposition of all that the service measures. */
  readonly render: (format: Format) => Promise<string>;
  /** Makes `/health/ready` answer 503 from now on, so that load balancers send no more requests. */
  readonly stopBeingReady: () => void;
  /** Sends the last spans, for at most 2 s. Not needed where its servers are closed. */
  readonly close: () => Promise<void>;
}

/**
 * A service on Express 5 or `node:http`.
 * @throws Error when the catalogue does not know the service, or a variable for tracing is not sound
 */
export function nodeServiceOf<C extends Catalogue, S extends ServiceOf<C>>(
  catalogue: C,
  service: S,
  {
    ready,
    exposeMetrics = true,
    trustCallers = true,
    env = process.env,
    warn = warnOfIt,
  }: NodeServiceOptions,
): NodeService<C, S> {
  const metrics = metricsOf(catalogue, service);
  const started = startTracing(service, env, { warn });
  const tracing = started && withExpressErrors(started);
  const requests = new NodeRequests(metrics.http, tracing, trustCallers);
  const readiness = new Readiness(ready);
  const render = (format: Format, { app }: ExpressRequest) => {
    // Express has no hook for new routes.
    for (const { method, route } of app ? expressRoutes(app) : []) {
      for (const status of [200, 500]) metrics.http.expect(method, route, status);
    }
    return metrics.render(format);
  };
  const endpointOf = ownEndpoints(readiness, exposeMetrics ? render : undefined);
  return {
    metrics: metrics.of(catalogue) as BusinessMetrics<C, S>,
    metricsOf: (other) => metrics.of(other) as never,
    express: () => (request, response, next) => {
      const own = endpointOf(request);
      if (own) Promise.resolve(own(request, response)).catch(next);
      else requests.run(request, response, expressRouteOf, next);
    },
    handler:
      (listener, routeOf = () => undefined) =>
      (request, response) => {
        const own = endpointOf(request);
        if (own) return own(request, response);
        let result: unknown;
        requests.run(request, response, routeOf, () => {
          result = notingErrors(request, () => listener(request, response));
        });
        return result;
      },
    render: metrics.render,
    stopBeingReady: () => {
      readiness.stop();
    },
    close: async () => {
      await tracing?.stop();
    },
  };
}

/** What a listener throws or rejects with is noted, and goes on as it would without us. */
function notingErrors(request: IncomingMessage, run: () => unknown): unknown {
  const note = (error: unknown): never => {
    noteError(request, error);
    throw error;
  };
  try {
    const result = run();
    return result instanceof Promise ? result.catch(note) : result;
  } catch (error) {
    return note(error);
  }
}

function warnOfIt(message: string): void {
  process.emitWarning(message);
}
