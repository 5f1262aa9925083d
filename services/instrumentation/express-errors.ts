import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { noteError } from "./node-requests";

/** Where Express tells of errors of handlers, from version 2.3 of its package `router` on. */
const channel = "tracing:express.router.request:error";

/**
 * Notes the errors of Express's handlers for the spans of their requests.
 * @returns what ends it
 */
export function traceExpressErrors(): () => void {
  subscribe(channel, note);
  return () => unsubscribe(channel, note);
}

function note(message: unknown): void {
  const { req, error } = message as { req: IncomingMessage; error: unknown };
  noteError(req, error);
}
