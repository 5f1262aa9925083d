import type { IncomingMessage } from "node:http";
import type { Catalogue, ServiceOf } from "../../metrics/catalogue";
import type { BusinessMetrics } from "./business-metrics";
import type { Format } from "./exposition";
import { NodeRequests } from "./node-requests";
import { ownEndpoints } from "./own-endpoints";
import { Readiness, type ReadinessCheck } from "./readiness";
import { metricsOf } from "./service-metrics";
import { startTracing, type Tracing } from "./tracing";
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

/** What a service on Express 5 and one on `node:http` have. */
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
  /** The exposition of all that the service measures. */
  readonly render: (format: Format) => Promise<string>;
  /** Makes `/health/ready` answer 503 from now on, so that load balancers send no more requests. */
  readonly stopBeingReady: () => void;
  /** Sends the last spans, for at most 2 s. Not needed where its servers are closed. */
  readonly close: () => Promise<void>;
}

/** What a framework on top of `node:http` knows of requests. */
interface Framework {
  /** Tracing that notes the errors of its handlers. */
  readonly withErrors: (tracing: Tracing) => Tracing;
  /** The routes of the application that answers a request, as far as they can be read beforehand. */
  readonly routesOf: (request: IncomingMessage) => readonly { method: string; route: string }[];
}

const noFramework: Framework = { withErrors: (tracing) => tracing, routesOf: () => [] };

/**
 * A service on `node:http` or a framework on top of it, with what counts its requests and answers its own endpoints.
 * @throws Error when the catalogue does not know the service, or a variable for tracing is not sound
 */
export function nodeServiceOf<C extends Catalogue, S extends ServiceOf<C>>(
  catalogue: C,
  name: S,
  {
    ready,
    exposeMetrics = true,
    trustCallers = true,
    env = process.env,
    warn = warnOfIt,
  }: NodeServiceOptions,
  { withErrors, routesOf } = noFramework,
) {
  const metrics = metricsOf(catalogue, name);
  const started = startTracing(name, env, { warn });
  const tracing = started && withErrors(started);
  const readiness = new Readiness(ready);
  const render = (format: Format, request: IncomingMessage) => {
    // Express has no hook for new routes.
    for (const { method, route } of routesOf(request)) {
      for (const status of [200, 500]) metrics.http.expect(method, route, status);
    }
    return metrics.render(format);
  };
  const service: NodeService<C, S> = {
    metrics: metrics.of(catalogue) as BusinessMetrics<C, S>,
    metricsOf: (other) => metrics.of(other) as never,
    render: metrics.render,
    stopBeingReady: () => {
      readiness.stop();
    },
    close: async () => {
      await tracing?.stop();
    },
  };
  return {
    service,
    requests: new NodeRequests(metrics.http, tracing, trustCallers),
    endpointOf: ownEndpoints(readiness, exposeMetrics ? render : undefined),
  };
}

function warnOfIt(message: string): void {
  process.emitWarning(message);
}
