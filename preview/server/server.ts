import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { listening } from "../../operations/loopback-port";
import { commonHeaders, sendJson } from "./answers";
import { previewHandler, type PreviewOptions } from "./handler";
import { foreignRequest } from "./same-site";

/** The preview by itself, on the loopback address. */
export interface PreviewServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** Ends the connections of all pages. The source stays its owner's. */
  close(): Promise<void>;
}

/**
 * Starts a server with the preview and nothing else.
 * @param port 0 takes a free one
 * @throws Error of the system (`EADDRINUSE`) when the port is taken
 */
export async function startPreviewServer(options: PreviewOptions, port: number): Promise<PreviewServer> {
  const preview = previewHandler(options);
  const server = createServer((request, response) => {
    if (preview.handle(request, response)) return;
    const foreign = foreignRequest(request, true);
    if (foreign !== undefined) sendJson(response, 403, { message: foreign });
    else if (request.url === "/")
      response.writeHead(302, { ...commonHeaders, Location: "/dashboards" }).end();
    else sendJson(response, 404, { message: "There is no such page. The dashboards are at /dashboards." });
  });
  // A page asks for a handful of answers at once; what is half-sent does not hold a connection.
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  await listening(server, port);
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () => {
      preview.close();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
}
