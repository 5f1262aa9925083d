import type { ServerResponse } from "node:http";
import { commonHeaders } from "./answers";

const heartbeatMs = 15_000;

/** Pages that are told of changes, by server-sent events. */
export class EventStream {
  private readonly pages = new Set<ServerResponse>();
  private readonly heartbeat = setInterval(() => {
    this.write(": still here\n\n");
  }, heartbeatMs).unref();

  /** Tells a page from now on. */
  add(response: ServerResponse): void {
    response.writeHead(200, {
      ...commonHeaders,
      "Cache-Control": "no-store",
      "Content-Type": "text/event-stream; charset=utf-8",
    });
    response.write("retry: 1000\n\n");
    this.pages.add(response);
    response.once("close", () => this.pages.delete(response));
  }

  send(event: "changed" | "problem" | "ended", data: object): void {
    this.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Tells all that it is over. */
  close(): void {
    clearInterval(this.heartbeat);
    this.send("ended", {});
    for (const page of this.pages) page.end();
    this.pages.clear();
  }

  private write(text: string): void {
    for (const page of this.pages) page.write(text);
  }
}
