import type { IncomingMessage, ServerResponse } from "node:http";
import type { Catalogue, ServiceOf } from "../../metrics/catalogue";
import { withExpressErrors } from "./express-errors";
import { expressRouteOf, expressRoutes, type ExpressRequest } from "./express-routes";
import { nodeServiceOf, type NodeService, type NodeServiceOptions } from "./node-service";

export * from "./shared";
export type { NodeService, NodeServiceOptions } from "./node-service";

/** A middleware of Express. */
export type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** A service on Express 5. */
export interface ExpressService<C extends Catalogue, S extends ServiceOf<C>> extends NodeService<C, S> {
  /**
   * Measures and traces an application, as its first middleware: `app.use(middleware)`. Adds `/metrics`, `/health`,
   * `/health/live` and `/health/ready`.
   */
  readonly middleware: Middleware;
}

/** How the services of a catalogue that are on Express 5 measure themselves. */
export interface ExpressInstrumentation<C extends Catalogue> {
  /**
   * Measures and traces a service: `const { metrics, middleware } = service("parcel-service"); app.use(middleware);`.
   * @throws Error when the catalogue does not know the service or something is wrong in it, or a variable for tracing is
   * not sound
   */
  readonly service: <S extends ServiceOf<C>>(
    service: S,
    options?: NodeServiceOptions,
  ) => ExpressService<C, S>;
}

/** The instrumentation of a catalogue's services on Express 5. */
export function instrumentationOver<C extends Catalogue>(catalogue: C): ExpressInstrumentation<C> {
  return {
    service: (name, options = {}) => {
      const { service, requests, endpointOf } = nodeServiceOf(catalogue, name, options, {
        withErrors: withExpressErrors,
        routesOf: ({ app }: ExpressRequest) => (app ? expressRoutes(app) : []),
      });
      return {
        ...service,
        middleware: (request, response, next) => {
          const own = endpointOf(request);
          if (own) Promise.resolve(own(request, response)).catch(next);
          else requests.run(request, response, expressRouteOf, next);
        },
      };
    },
  };
}
