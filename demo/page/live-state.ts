import type { ServerResponse } from "node:http";
import type { PageState } from "./page";

/** How often it is looked what has changed, while somebody looks. */
const lookMs = 1_000;
/** How long a browser waits before it connects again. */
const retryMs = 1_000;

/** Sends those who look at the page what changes on it, as server-sent events. */
export class LiveState {
  private readonly readers = new Map<ServerResponse, string>();
  private readonly timer: NodeJS.Timeout;
  private isAsking = false;
  private isAskedAgain = false;

  /** @param ask gives the present state */
  constructor(private readonly ask: () => Promise<PageState>) {
    this.timer = setInterval(() => {
      this.update();
    }, lookMs);
  }

  /** Somebody looks, until they go. */
  add(response: ServerResponse): void {
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      connection: "close",
    });
    response.write(`retry: ${String(retryMs)}\n\n`);
    this.readers.set(response, "");
    response.once("close", () => this.readers.delete(response));
    this.update();
  }

  /** Looks what has changed, and sends it. */
  update(): void {
    if (this.readers.size === 0) return;
    if (this.isAsking) {
      this.isAskedAgain = true;
      return;
    }
    this.isAsking = true;
    void this.send().finally(() => {
      this.isAsking = false;
      if (!this.isAskedAgain) return;
      this.isAskedAgain = false;
      this.update();
    });
  }

  /** Says that the demo has ended. */
  close(): void {
    clearInterval(this.timer);
    for (const reader of this.readers.keys()) reader.end("event: ended\ndata: {}\n\n");
    this.readers.clear();
  }

  private async send(): Promise<void> {
    const state = await this.ask().catch(() => undefined);
    if (!state) return;
    const data = JSON.stringify(state);
    for (const [reader, last] of this.readers) {
      // Who reads slowly gets the next one.
      if (last === data || reader.writableNeedDrain) continue;
      this.readers.set(reader, data);
      reader.write(`event: state\ndata: ${data}\n\n`);
    }
  }
}
