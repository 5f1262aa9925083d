import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

const answered = Symbol("answered");

type Connection = Socket & { [answered]?: number | undefined };

/**
 * The status of an answer that was written to a connection in the place of a response, because the request could not be
 * read to its end; undefined where there was none. Each answer is told once.
 */
export function takeRawAnswer(connection: Connection): number | undefined {
  const status = connection[answered];
  if (status !== undefined) connection[answered] = undefined;
  return status;
}

/**
 * Notes what is written to connections whose request Node cannot read, whoever writes it: Fastify's own handler or one
 * given as `clientErrorHandler`. Calls back for answers that no request took, since its head was not even read.
 */
export function onRawAnswer(app: FastifyInstance, count: (status: number) => void): void {
  // The handlers run between these two, and write at once or not at all.
  const stops: (() => void)[] = [];
  app.server.prependListener("clientError", (_error: Error, socket: Connection) => {
    stops.push(watchWrites(socket));
  });
  app.server.on("clientError", (_error: Error, socket: Connection) => {
    stops.pop()?.();
    if (socket[answered] === undefined) return;
    // Requests are told of their abortion when the connection closes, and take the answer then.
    socket.once("close", () =>
      setImmediate(() => {
        const status = takeRawAnswer(socket);
        if (status !== undefined) count(status);
      }),
    );
  });
}

/** Notes the status of an answer that is written until it is stopped. */
function watchWrites(socket: Connection): () => void {
  const write: Socket["write"] = socket.write.bind(socket);
  const end: Socket["end"] = socket.end.bind(socket);
  const noticing = <F extends (...args: never[]) => unknown>(method: F): F =>
    ((...args: Parameters<F>) => {
      const status = /^HTTP\/1\.\d (\d{3}) /.exec(String(args[0]).slice(0, 16))?.[1];
      if (status !== undefined) socket[answered] = Number(status);
      return method(...args);
    }) as F;
  socket.write = noticing(write);
  socket.end = noticing(end);
  return () => {
    socket.write = write;
    socket.end = end;
  };
}
