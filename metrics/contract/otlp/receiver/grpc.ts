import { createServer, type Http2Server, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { OtlpError } from "../decode";
import type { Signal } from "../messages";
import type { ReceivedByOtlp } from "../received";
import { BodyError, bodyOf, decompressed } from "./body";

const services: Readonly<Record<string, Signal | "logs">> = {
  "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export": "metrics",
  "/opentelemetry.proto.collector.trace.v1.TraceService/Export": "traces",
  "/opentelemetry.proto.collector.logs.v1.LogsService/Export": "logs",
};

/** Codes of gRPC. */
const codes = { invalidArgument: 3, resourceExhausted: 8, unimplemented: 12 } as const;
/** A message stands behind a byte that says whether it is compressed, and its length in four. */
const prefixBytes = 5;

/** A server of OTLP over gRPC without TLS: one message, and one answer. Log lines are taken and let be. */
export function grpcReceiver(received: ReceivedByOtlp): Http2Server {
  const server = createServer();
  server.on("stream", (stream, headers) => {
    // The sender went away.
    stream.on("error", () => undefined);
    answer(received, stream, headers).catch(() => {
      stream.destroy();
    });
  });
  // What does not begin as HTTP/2 does.
  server.on("sessionError", (error: NodeJS.ErrnoException) => {
    if (!/bad client magic/i.test(error.message)) return;
    const reason =
      "is asked for no gRPC, or for TLS; HTTP goes to the other port, and the endpoint begins with http://";
    received.refuse({ what: "the port of gRPC", reason });
  });
  return server;
}

async function answer(
  received: ReceivedByOtlp,
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
): Promise<void> {
  const path = headers[":path"] ?? "";
  const what = `gRPC ${path.slice(0, 100)}`;
  const signal = Object.hasOwn(services, path) ? services[path] : undefined;
  const refuse = (code: number, reason: string) => {
    received.refuse({ what, reason });
    const answered = { ":status": 200, "content-type": "application/grpc" };
    const message = encodeURIComponent(`${what} ${reason}`);
    stream.respond(
      { ...answered, "grpc-status": String(code), "grpc-message": message },
      { endStream: true },
    );
    stream.resume();
  };
  if (signal === undefined) {
    return refuse(codes.unimplemented, `is no method of OTLP, which are ${Object.keys(services).join(", ")}`);
  }
  try {
    const body = await messageOf(await bodyOf(stream), String(headers["grpc-encoding"] ?? ""));
    if (signal !== "logs") received.take(signal, body, "protobuf");
  } catch (error) {
    if (error instanceof BodyError) {
      return refuse(error.status === 413 ? codes.resourceExhausted : codes.invalidArgument, error.message);
    }
    if (error instanceof OtlpError) return refuse(codes.invalidArgument, error.message);
    throw error;
  }
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  stream.on("wantTrailers", () => {
    stream.sendTrailers({ "grpc-status": "0" });
  });
  // An answer without a field has no byte.
  stream.end(Buffer.alloc(prefixBytes));
}

async function messageOf(body: Buffer, encoding: string): Promise<Buffer> {
  const isWhole = body.length >= prefixBytes && body.readUInt32BE(1) === body.length - prefixBytes;
  if (!isWhole) throw new BodyError("is no single message of gRPC", 400);
  const message = body.subarray(prefixBytes);
  return body[0] === 1 ? decompressed(message, encoding) : message;
}
