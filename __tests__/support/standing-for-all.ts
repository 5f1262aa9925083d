import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

/** An HTTP proxy that answers for every host that it is asked for, except those that are away. */
export class StandingForAll {
  /** Hosts that do not answer. */
  readonly away = new Set<string>();
  private readonly server: Server;

  /** @param answer what a host answers, by its name and the path that it is asked for */
  constructor(answer: (host: string, path: string) => string) {
    this.server = createServer((request, response) => {
      const { hostname, pathname } = new URL(request.url ?? "", "http://unknown");
      if (this.away.has(hostname)) {
        response.writeHead(504).end();
        return;
      }
      response.setHeader("content-type", "text/plain; version=0.0.4");
      response.end(answer(hostname, pathname));
    });
  }

  /** Starts it, and says where. */
  async start(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}
