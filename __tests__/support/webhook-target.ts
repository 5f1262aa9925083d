import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A request that came in. */
export interface Received {
  /** Path of the URL: `/slack/slack-critical`. */
  readonly path: string;
  readonly body: Buffer;
  readonly at: number;
}

/** Takes whatever is posted and keeps it; answers as the services of the paths do when all is well. */
export class WebhookTarget {
  readonly received: Received[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<WebhookTarget> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const target = new WebhookTarget(server, `http://127.0.0.1:${String(port)}`);
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const path = request.url ?? "";
        target.received.push({ path, body: Buffer.concat(chunks), at: Date.now() });
        response.writeHead(path.startsWith("/pagerduty/") ? 202 : 200).end("ok");
      });
    });
    return target;
  }

  /** What came to a receiver, once there are `count` messages. */
  async messages(path: string, count = 1, timeoutMs = 30_000): Promise<readonly Received[]> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const found = this.received.filter((each) => each.path === path);
      if (found.length >= count) return found;
      if (Date.now() > until) {
        throw new Error(`${path} got ${String(found.length)} of ${String(count)} messages.`);
      }
      await sleep(50);
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
