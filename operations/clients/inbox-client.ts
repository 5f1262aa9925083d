import { setTimeout as sleep } from "node:timers/promises";
import { requestJson } from "./json-client";

/** A message that came in. */
export interface InboxMessage {
  readonly id: string | number;
  readonly receivedAt: string;
  /** `slack`, `discord`, `email` and so on. */
  readonly kind: string;
  readonly receiver: string;
  readonly status: "firing" | "resolved" | "unknown";
  readonly title: string;
  readonly text: string;
  readonly payload: unknown;
}

/** Which messages are meant. Default: all. */
export interface MessageFilter {
  readonly receiver?: string;
  readonly status?: InboxMessage["status"];
  /** At most so many, the newest. */
  readonly limit?: number;
}

/** Asks the inbox. */
export class InboxClient {
  /** @param url its address, without a slash at its end */
  constructor(readonly url: string) {}

  /** The messages that it has, the newest first. */
  async messages(filter: MessageFilter = {}): Promise<readonly InboxMessage[]> {
    const query = new URLSearchParams({ ...filter, limit: String(filter.limit ?? 1_000) });
    return (await requestJson<{ messages: InboxMessage[] }>(`${this.url}/messages?${query.toString()}`))
      .messages;
  }

  /**
   * Waits for a message.
   * @param isMeant tells which one
   * @param among which messages are looked at. Default: all
   * @throws Error with the titles that came in when the time is over
   */
  async message(
    isMeant: (message: InboxMessage) => boolean,
    timeoutMs: number,
    among: MessageFilter = {},
  ): Promise<InboxMessage> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const messages = await this.messages(among);
      const found = messages.find(isMeant);
      if (found) return found;
      if (Date.now() > end) {
        const titles = messages.map(({ receiver, title }) => `${receiver}: ${title}`);
        throw new Error(
          `No such message within ${String(timeoutMs / 1000)} s. There are: ${titles.join("; ") || "none"}`,
        );
      }
      await sleep(200);
    }
  }

  /** Removes all messages. */
  async clear(): Promise<void> {
    await requestJson(`${this.url}/messages`, { method: "DELETE" });
  }
}
