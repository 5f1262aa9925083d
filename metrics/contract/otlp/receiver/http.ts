import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { nearest } from "../../../describe";
import { OtlpError, type Encoding } from "../decode";
import { refusalType, type Signal } from "../messages";
import type { ReceivedByOtlp } from "../received";
import { BodyError, bodyOf, decompressed } from "./body";

const signals: Readonly<Record<string, Signal | "logs">> = {
  "/v1/metrics": "metrics",
  "/v1/traces": "traces",
  "/v1/logs": "logs",
};
const encodings: Readonly<Record<string, Encoding>> = {
  "application/x-protobuf": "protobuf",
  "application/json": "json",
};
const contentTypes: Readonly<Record<Encoding, string>> = {
  protobuf: "application/x-protobuf",
  json: "application/json",
};

/** A server of OTLP over HTTP, in Protocol Buffers and JSON. Log lines are taken and let be. */
export function httpReceiver(received: ReceivedByOtlp): Server {
  const server = createServer((request, response) => {
    answer(received, request, response).catch(() => {
      // The sender went away.
      request.destroy();
    });
  });
  // Node.js tells this listener what it read, where that is no HTTP/1.1.
  return server.on("clientError", (error: Error & { rawPacket?: Buffer }, socket: Duplex) => {
    const refusal = notHttp(error.rawPacket ?? Buffer.alloc(0));
    if (refusal !== undefined) received.refuse({ what: "the port of HTTP", reason: refusal });
    socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n");
  });
}

function notHttp(packet: Buffer): string | undefined {
  if (packet.subarray(0, 4).equals(Buffer.from("PRI "))) {
    return "is asked for gRPC; send it to the other port, or set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf";
  }
  // How a handshake of TLS begins.
  return packet[0] === 0x16 ? "is asked for TLS; the endpoint begins with http://" : undefined;
}

async function answer(
  received: ReceivedByOtlp,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = "", url = "", headers } = request;
  const path = url.replace(/\?.*$/s, "");
  const what = `${method} ${path.slice(0, 100)}`;
  const signal = Object.hasOwn(signals, path) ? signals[path] : undefined;
  const type = (headers["content-type"] ?? "").replace(/;.*$/s, "").trim().toLowerCase();
  const encoding = Object.hasOwn(encodings, type) ? encodings[type] : undefined;
  const refuse = (status: number, reason: string) => {
    // Whoever looks with a browser sends nothing that is lost.
    if (method !== "GET" && method !== "HEAD") received.refuse({ what, reason });
    refused(response, status, `${what} ${reason}`, encoding);
    // What is left of the body is let go; the connection ends with the answer.
    request.resume();
  };
  if (signal === undefined) return refuse(404, noSuchPath(path));
  if (method !== "POST") return refuse(405, "is no POST, which all of OTLP is");
  if (encoding === undefined) return refuse(415, wrongType(headers["content-type"]));
  try {
    const whole = await bodyOf(request);
    const body = await decompressed(whole, (headers["content-encoding"] ?? "").trim().toLowerCase());
    if (signal !== "logs") received.take(signal, body, encoding);
  } catch (error) {
    if (error instanceof BodyError) return refuse(error.status, error.message);
    if (error instanceof OtlpError) return refuse(400, error.message);
    throw error;
  }
  response.writeHead(200, { "content-type": contentTypes[encoding] });
  response.end(encoding === "json" ? "{}" : "");
}

function refused(response: ServerResponse, status: number, message: string, encoding?: Encoding): void {
  const body =
    encoding === "protobuf" ? refusalType.encode({ message }).finish() : JSON.stringify({ message });
  const type = contentTypes[encoding ?? "json"];
  response.writeHead(status, { "content-type": type, connection: "close" }).end(body);
}

function noSuchPath(path: string): string {
  const known = Object.keys(signals);
  const meant = nearest(path, known);
  const hint =
    path === "/"
      ? "; OTEL_EXPORTER_OTLP_ENDPOINT is given without a path, the variables of a signal with all of it"
      : meant === undefined
        ? ""
        : `; did you mean ${meant}?`;
  return `is no path of OTLP, which are ${known.join(", ")}${hint}`;
}

function wrongType(found: string | undefined): string {
  const shown = found === undefined ? "no Content-Type" : `the Content-Type ${JSON.stringify(found)}`;
  return `has ${shown}; allowed are ${Object.keys(encodings).join(", ")}`;
}
