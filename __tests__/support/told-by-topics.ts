import { setTimeout as sleep } from "node:timers/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fault } from "../../demo/faults/fault";
import type { TopicMessage, TopicQueues } from "./topic-queues";
import { until } from "./until";

/** What a message is about. */
export interface Told {
  readonly receiver: string;
  /** All that it says. */
  readonly text: string;
}

/** What PagerDuty's stand-in is called as a receiver. */
const pagerDuty = "pagerduty-on-call";

/** All that a workspace tells: its topics' queues are read all the time, and it takes PagerDuty's events itself. */
export class ToldByTopics {
  /** Those that came, in their order. */
  readonly messages: TopicMessage[] = [];
  private readonly ending = new AbortController();
  private reading: Promise<void> | undefined;

  private constructor(
    private readonly server: Server,
    /** Takes PagerDuty's events. */
    readonly pagerDutyUrl: string,
  ) {}

  static async start(): Promise<ToldByTopics> {
    const server = createServer((request, response) => {
      void (async () => {
        let text = "";
        for await (const chunk of request) text += String(chunk);
        const { event_action: action } = JSON.parse(text) as { readonly event_action: string };
        told.messages.push({ receiver: pagerDuty, subject: action, text });
        response.writeHead(202, { "content-type": "application/json" }).end('{"status":"success"}');
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const told = new ToldByTopics(server, `http://127.0.0.1:${String(port)}/`);
    return told;
  }

  /** Forgets what came, and reads from here on. */
  async readFrom(queues: TopicQueues): Promise<void> {
    await queues.take();
    this.messages.length = 0;
    const { signal } = this.ending;
    this.reading = (async () => {
      while (!signal.aborted) {
        this.messages.push(...(await queues.take()));
        await sleep(300, undefined, { signal }).catch(() => undefined);
      }
    })();
  }

  /** What came about a fault's alert. */
  about(fault: Fault): readonly Told[] {
    return this.messages
      .map(({ receiver, subject, text }) => ({ receiver, text: `${subject} ${text}` }))
      .filter(({ text }) => isOf(fault, text));
  }

  /** Waits until each receiver is told that a fault's alert fires, or of its end. */
  async toldAll(
    fault: Fault,
    receivers: readonly string[],
    status: "firing" | "resolved",
    limitMs: number,
  ): Promise<void> {
    const missing = () => {
      const found = this.about(fault).filter(({ text }) => statusOf(text) === status);
      return receivers.filter((receiver) => !found.some((each) => each.receiver === receiver));
    };
    await until(() => missing().length === 0, limitMs).catch((error: unknown) => {
      throw new Error(`Not told that ${fault.alert} is ${status}: ${missing().join(", ")}`, { cause: error });
    });
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.reading?.catch(() => undefined);
    this.server.close();
  }
}

/** Whether a text is about a fault's alert. */
export function isOf({ alert, service, labels = {} }: Fault, text: string): boolean {
  return [alert, service, ...Object.values(labels)].every((word) => text.includes(word));
}

/** Whether a message tells of an alert or of its end. */
export function statusOf(text: string): "firing" | "resolved" {
  return /resolve/i.test(text.slice(0, 200)) ? "resolved" : "firing";
}
