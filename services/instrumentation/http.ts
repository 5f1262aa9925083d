import type { IncomingMessage, ServerResponse } from "node:http";
import type { Catalogue, ServiceOf } from "../../metrics/catalogue";
import { noteError, type RouteOf } from "./node-requests";
import { nodeServiceOf, type NodeService, type NodeServiceOptions } from "./node-service";

export * from "./shared";
export type { RouteOf } from "./node-requests";
export type { NodeService, NodeServiceOptions } from "./node-service";

/** A listener of a server of `node:http`. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A service on `node:http`. */
export interface HttpService<C extends Catalogue, S extends ServiceOf<C>> extends NodeService<C, S> {
  /**
   * Measures and traces a server: `createServer(handler(listener, routeOf))`. Adds `/metrics`, `/health`,
   * `/health/live` and `/health/ready`.
   * @param routeOf tells a request's route once its response is over. Default: no request has one
   */
  readonly handler: (listener: Listener, routeOf?: RouteOf) => Listener;
}

/** How the services of a catalogue that are on `node:http` measure themselves. */
export interface HttpInstrumentation<C extends Catalogue> {
  /**
   * Measures and traces a service: `const { metrics, handler } = service("parcel-service");`.
   * @throws Error when the catalogue does not know the service or something is wrong in it, or a variable for tracing is
   * not sound
   */
  readonly service: <S extends ServiceOf<C>>(service: S, options?: NodeServiceOptions) => HttpService<C, S>;
}

/** The instrumentation of a catalogue's services on `node:http`. */
export function instrumentationOver<C extends Catalogue>(catalogue: C): HttpInstrumentation<C> {
  return {
    service: (name, options = {}) => {
      const { service, requests, endpointOf } = nodeServiceOf(catalogue, name, options);
      return {
        ...service,
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
      };
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
