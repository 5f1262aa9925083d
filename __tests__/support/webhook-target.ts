import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { kinds } from "../../services/inbox/kinds";
import type { Outcome } from "../../services/inbox/kinds/kind";

/** A request that came in. */
export interface Received {
  /** Path of the URL: `/slack/slack-critical`. */
  readonly path: string;
  readonly body: Buffer;
  readonly at: number;
  /** What the inbox would say to it: as the service of the path. Undefined where the path is of none. */
  readonly outcome: Outcome | undefined;
}

/** Takes whatever is posted and keeps it; answers as the service of the path does. */
export class WebhookTarget {
  readonly received: Received[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param takesAll whether it takes what the service of the path refuses, too. Default false */
  static async start(takesAll = false): Promise<WebhookTarget> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const target = new WebhookTarget(server, `http://127.0.0.1:${String(port)}`);
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const path = request.url ?? "";
        const body = Buffer.concat(chunks);
        const outcome = outcomeOf(path, body, request.headers["content-type"] ?? "");
        target.received.push({ path, body, at: Date.now(), outcome });
        const isTaken = !takesAll || outcome?.content !== undefined;
        const { status, body: answer = "" } = (isTaken ? outcome?.answer : undefined) ?? {
          status: 200,
          body: "ok",
        };
        response.writeHead(status).end(typeof answer === "string" ? answer : JSON.stringify(answer));
      });
    });
    return target;
  }

  /** What came to a receiver, once there are `count` messages. */
  async messages(path: string, count = 1, timeoutMs = 30_000): Promise<readonly Received[]> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const found = this.received.filter((each) => each.path === path || each.path.startsWith(`${path}/`));
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

function outcomeOf(path: string, body: Buffer, contentType: string): Outcome | undefined {
  const { pathname, searchParams: query } = new URL(path, "http://inbox");
  const [, kind = "", , ...after] = pathname.split("/");
  return kinds[kind]?.receive?.({
    body,
    mediaType: contentType.split(";", 1)[0] ?? "",
    path: after.map((part) => `/${part}`).join(""),
    query,
  });
}
