import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { noteError } from "./node-requests";
import type { Tracing } from "./tracing";

/** Where Express tells of errors of handlers, from version 2.3 of its package `router` on. */
const channel = "tracing:express.router.request:error";

/** Tracing that notes the errors of Express's handlers for the spans of their requests, until it stops. */
export function withExpressErrors(tracing: Tracing): Tracing {
  const note = (message: unknown) => {
    const { req, error } = message as { req: IncomingMessage; error: unknown };
    noteError(req, error);
  };
  subscribe(channel, note);
  return {
    ...tracing,
    stop: async () => {
      unsubscribe(channel, note);
      await tracing.stop();
    },
  };
}
