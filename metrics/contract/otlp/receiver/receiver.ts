import type { Server as HttpServer } from "node:http";
import type { Http2Server, ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import type { ReceivedByOtlp } from "../received";
import { grpcReceiver } from "./grpc";
import { httpReceiver } from "./http";

/** Where a receiver listens on the loopback address: 0 takes a free port. */
export interface OtlpPorts {
  /** For HTTP; OTLP's own is 4318. */
  readonly http: number;
  /** For gRPC; OTLP's own is 4317. */
  readonly grpc: number;
}

/** A receiver that listens. */
export interface OtlpReceiver {
  /** Addresses to send to, by protocol. */
  readonly urls: Readonly<Record<keyof OtlpPorts, string>>;
  /** Takes nothing more. */
  readonly stop: () => Promise<void>;
}

/** Why a receiver cannot listen, for people. */
export class OtlpPortError extends Error {
  override readonly name = "OtlpPortError";

  constructor(
    /** The protocol whose port it is. */
    readonly protocol: keyof OtlpPorts,
    /** Whether another program listens there. */
    readonly isTaken: boolean,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Listens for what comes by OTLP, and gives it on.
 * @throws OtlpPortError when a port cannot be had; then nothing listens
 */
export async function startOtlpReceiver(received: ReceivedByOtlp, ports: OtlpPorts): Promise<OtlpReceiver> {
  const http = httpReceiver(received);
  const grpc = grpcReceiver(received);
  const sessions = new Set<ServerHttp2Session>();
  grpc.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  const stop = async () => {
    http.closeAllConnections();
    for (const session of sessions) session.destroy();
    await Promise.all([closed(http), closed(grpc)]);
  };
  try {
    const urls = { http: await listening(http, "http", ports), grpc: await listening(grpc, "grpc", ports) };
    return { urls, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listening(
  server: HttpServer | Http2Server,
  protocol: keyof OtlpPorts,
  { [protocol]: port }: OtlpPorts,
): Promise<string> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    const isTaken = code === "EADDRINUSE";
    const reason = isTaken ? "is taken" : `cannot be listened at (${code})`;
    throw new OtlpPortError(protocol, isTaken, `Port ${String(port)} of 127.0.0.1 ${reason}.`);
  }
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

function closed(server: HttpServer | Http2Server): Promise<void> {
  return new Promise((resolve) => {
    // A server that never listened says so here.
    server.close(() => {
      resolve();
    });
  });
}
