import type { ServerResponse } from "node:http";
import type { App } from "../platform/app";
import type { MessageStore, Stored } from "./store";

/** Keeps proxies from closing an idle stream, and finds out who has gone. */
const heartbeatMs = 15_000;
/** How long a browser waits before it connects again. */
const retryMs = 1_000;

/**
 * `GET /events`: server-sent events. First `reset` and all messages kept, oldest first, then each new one as `message`.
 * Who comes back with `Last-Event-ID` gets only what they have not seen; where some of that is gone, `reset` comes first
 * and everything again.
 */
export function addEventRoute(app: App, store: MessageStore): void {
  addStream(app, "/events", store, { dataOf: ({ json }) => json });
}

/** `GET /entries/events`: the same of what the page is told, and `current` after the last message that is not new. */
export function addEntryRoute(app: App, store: MessageStore): void {
  addStream(app, "/entries/events", store, { dataOf: ({ entry }) => entry, saysCurrent: true });
}

/** What a stream tells. */
interface StreamOptions {
  readonly dataOf: (stored: Stored) => string;
  /** Whether it says when a reader has what was there before. Default: it does not. */
  readonly saysCurrent?: boolean;
}

function addStream(app: App, path: string, store: MessageStore, options: StreamOptions): void {
  const streams = new Set<EventStream>();
  app.get(path, (request, reply) => {
    reply.hijack();
    const lastId = request.headers["last-event-id"];
    const seen = typeof lastId === "string" ? store.sequenceOf(lastId) : undefined;
    const stream = new EventStream(reply.raw, store, seen, options);
    streams.add(stream);
    reply.raw.once("close", () => {
      stream.stop();
      streams.delete(stream);
    });
    stream.start();
  });
  app.addHook("preClose", (done) => {
    for (const stream of streams) stream.end();
    done();
  });
}

/** One reader. It pulls from the store as fast as its connection takes, so a slow one holds nothing in memory. */
class EventStream {
  private isBlocked = false;
  private isCurrent = false;
  private unsubscribe = () => {
    // Nothing before the start.
  };
  private heartbeat: NodeJS.Timeout | undefined;

  /** @param seen number of the last message that the reader has; undefined for none that counts */
  constructor(
    private readonly response: ServerResponse,
    private readonly store: MessageStore,
    private seen: number | undefined,
    private readonly options: StreamOptions,
  ) {}

  start(): void {
    this.response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      connection: "close",
      "x-accel-buffering": "no",
    });
    this.response.on("drain", () => {
      this.isBlocked = false;
      this.pull();
    });
    this.unsubscribe = this.store.subscribe(() => {
      this.pull();
    });
    this.heartbeat = setInterval(() => {
      if (!this.isBlocked) this.write(":\n\n");
    }, heartbeatMs);
    this.write(`retry: ${String(retryMs)}\n\n`);
    this.pull();
  }

  stop(): void {
    clearInterval(this.heartbeat);
    this.unsubscribe();
  }

  /** Ends at once: what a slow reader has not taken it gets when it comes back. */
  end(): void {
    this.stop();
    if (this.isBlocked) this.response.destroy();
    else this.response.end();
  }

  private pull(): void {
    while (!this.isBlocked) {
      const isFirst = this.seen === undefined;
      const { messages, last, isGap } = this.store.after(this.seen ?? 0);
      if (isFirst || isGap) {
        const { messages: all } = this.store.after(0);
        const before = (all[0]?.sequence ?? last + 1) - 1;
        this.write(`event: reset\nid: ${this.store.idOf(before)}\ndata: {}\n\n`);
        this.seen = before;
        continue;
      }
      const [next] = messages;
      if (!next) {
        if (!this.isCurrent && this.options.saysCurrent) this.write("event: current\ndata: {}\n\n");
        this.isCurrent = true;
        return;
      }
      this.seen = next.sequence;
      this.write(`id: ${next.id}\ndata: ${this.options.dataOf(next)}\n\n`);
    }
  }

  private write(text: string): void {
    this.isBlocked = !this.response.write(text);
  }
}
