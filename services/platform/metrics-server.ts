import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { contentTypes, formatFor } from "../instrumentation/exposition";
import type { App } from "./app";
import type { CommonConfig } from "./config";

/** Longest that a scrape's request may take to arrive, in milliseconds. */
const requestTimeoutMs = 5_000;

/**
 * Serves an application's `/metrics` at a port of its own, and nothing else: for a service whose own port is open to
 * the world. It closes with the application.
 * @param port 0 takes a free one
 * @returns the port
 */
export async function serveMetrics(app: App, { HOST }: CommonConfig, port: number): Promise<number> {
  const server = createServer({ requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs });
  server.on("request", (request, response) => {
    const path = request.url?.split("?", 1)[0];
    if (path !== "/metrics" || request.method !== "GET") {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
      response.end("Metrics are at /metrics.\n");
      return;
    }
    const format = formatFor(request.headers.accept);
    app.renderMetrics(format).then(
      (text) => {
        response.setHeader("content-type", contentTypes[format]);
        response.end(text);
      },
      (error: unknown) => {
        app.log.error({ err: error }, "metrics");
        response.writeHead(500).end();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, HOST, resolve);
  });
  app.addHook("onClose", async () => {
    server.closeIdleConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}
