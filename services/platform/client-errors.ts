import { STATUS_CODES, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { problemBody, problemType } from "./problem";

/** How long a client has to read the answer before its connection is cut. */
const lingerMs = 100;

/** What Node says of a request that it cannot read, as an answer. Any other error is a 400. */
const statusByCode: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

const details: Readonly<Record<number, string>> = {
  400: "This is no HTTP request.",
  408: "The request did not arrive in time.",
  413: "The extensions of the body's chunks are too large.",
  431: "The headers of the request are too large.",
};

/** Answers requests that are no HTTP, too slow or too large to be read; each connection once, which then ends. */
export class ClientErrors {
  private readonly latest = new WeakMap<Socket, ServerResponse>();
  private readonly handled = new WeakSet<Socket>();

  /** Learns which request a connection is at; without it an answer could follow one that was given already. */
  follow({ server }: FastifyInstance): void {
    server.on("request", (request, response) => this.latest.set(request.socket, response));
  }

  /** For Fastify's option `clientErrorHandler`. */
  readonly handle = (error: NodeJS.ErrnoException, socket: Socket): void => {
    // What still comes while the client reads its answer fails again.
    if (this.handled.has(socket)) return;
    this.handled.add(socket);
    if (error.code === "ECONNRESET" || !socket.writable || !this.isDueAnAnswer(socket)) {
      socket.destroy(error);
      return;
    }
    const destroy = () => socket.destroy();
    const timer = setTimeout(destroy, lingerMs);
    socket.once("end", destroy).once("close", () => {
      clearTimeout(timer);
    });
    // Cut at once, a client that is still sending would be reset before it has read.
    socket.end(rawProblem(statusByCode[error.code ?? ""] ?? 400));
  };

  private isDueAnAnswer(socket: Socket): boolean {
    // Opened and never used, as browsers and port checks do: that was no request.
    if (socket.bytesRead === 0) return false;
    const response = this.latest.get(socket);
    if (!response) return true;
    // Its answer is there, and only the rest of its body is wrong; or a part of its answer is on its way.
    return response.writableFinished ? response.req.complete : !response.headersSent;
  }
}

function rawProblem(status: number): string {
  const body = JSON.stringify(problemBody(status, details[status]));
  return [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ""}`,
    `Content-Type: ${problemType}`,
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}
