import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";

/** Node publishes here when a server has sent a response. */
const finished = "http.server.response.finish";
const routed = Symbol("routed");

type Routable = IncomingMessage & { [routed]?: true };

interface Finished {
  readonly request: Routable;
  readonly response: ServerResponse;
  readonly server: Server;
}

/** Notes that Fastify's hooks run for a request. */
export function markRouted(request: Routable): void {
  request[routed] = true;
}

/**
 * Calls back for responses that Fastify writes without running any hook: to URLs that it cannot decode or whose
 * parameters are too long (400), and to requests on a closing application (503).
 */
export function onUnroutedResponse(
  app: FastifyInstance,
  count: (method: string, status: number) => void,
): void {
  const listener = (message: unknown) => {
    const { request, response, server } = message as Finished;
    if (request[routed] === undefined && server === app.server) {
      count(request.method ?? "", response.statusCode);
    }
  };
  subscribe(finished, listener);
  app.addHook("onClose", (_app, done) => {
    unsubscribe(finished, listener);
    done();
  });
}
