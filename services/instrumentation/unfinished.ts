import type { IncomingMessage } from "node:http";

/** Status under which a request is counted that its client gave up. */
const clientClosedRequest = 499;

/** The status of a request whose answer did not end: 499 where its client closed the connection, 500 otherwise. */
export function statusOfUnfinished({ socket }: IncomingMessage): number {
  // Otherwise the service closed it, because it could not end its answer.
  return socket.readableEnded || socket.errored !== null ? clientClosedRequest : 500;
}
