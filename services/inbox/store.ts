import { randomUUID } from "node:crypto";
import { Card } from "./cards/card";
import { entryOf } from "./cards/entry";
import { kindOf } from "./kinds";
import type { Links } from "./links";
import type { Content, Message, Status } from "./message";

/** A message with its JSON, made once. */
export interface Stored {
  readonly sequence: number;
  readonly id: string;
  readonly receiver: string;
  readonly status: Status;
  readonly json: string;
  /** What the page is told of it, as JSON: see `Entry`. */
  readonly entry: string;
  /** What it has in common with the other messages of its alert. */
  readonly card: Card;
}

/** What to list. */
export interface Selection {
  readonly receiver?: string | undefined;
  readonly status?: Status | undefined;
  readonly limit: number;
}

/** Where a message comes from, and what is in it. */
export type Incoming = Content & Pick<Message, "kind" | "receiver">;

/** The newest messages, in memory: a bounded number, and a bounded size of their JSON. */
export class MessageStore {
  /** Tells the messages of this run from those of an earlier one, whose numbers may be the same. */
  private readonly run = randomUUID().slice(0, 8);
  private messages: Stored[] = [];
  private size = 0;
  private lastSequence = 0;
  private readonly listeners = new Set<() => void>();

  /**
   * @param capacity most messages
   * @param maxSize most characters of JSON of all of them together; the newest message is kept whatever its size
   * @param links decides where the links on the page lead
   */
  constructor(
    private readonly capacity: number,
    private readonly maxSize: number,
    private readonly links: Links,
  ) {}

  /** Keeps a message, dropping the oldest ones beyond the bounds. */
  add({ kind, receiver, status, title, text, payload }: Incoming): Stored {
    const sequence = this.lastSequence + 1;
    const id = this.idOf(sequence);
    const receivedAt = new Date().toISOString();
    const message: Message = { id, receivedAt, kind, receiver, status, title, text, payload };
    const subject = kindOf(kind).subjectOf(message);
    const card = Card.of(subject, [...new Set(this.messages.map((each) => each.card))], id);
    const entry = JSON.stringify(entryOf(message, subject, card.id, this.links));
    const stored = { sequence, id, receiver, status, json: JSON.stringify(message), entry, card };
    this.lastSequence = sequence;
    this.messages.push(stored);
    this.size += sizeOf(stored);
    while (this.messages.length > this.capacity || (this.size > this.maxSize && this.messages.length > 1)) {
      const oldest = this.messages.shift();
      if (oldest) this.size -= sizeOf(oldest);
    }
    this.notify();
    return stored;
  }

  /** A message by its id; undefined where it is not kept. */
  get(id: string): Message | undefined {
    const stored = this.messages.find((each) => each.id === id);
    return stored && (JSON.parse(stored.json) as Message);
  }

  /** The selected messages, newest first. */
  list({ receiver, status, limit }: Selection): readonly Stored[] {
    return this.messages
      .filter((each) => receiver === undefined || each.receiver === receiver)
      .filter((each) => status === undefined || each.status === status)
      .reverse()
      .slice(0, limit);
  }

  /** Forgets all messages. */
  clear(): void {
    this.messages = [];
    this.size = 0;
    // A number of its own, so that whoever follows the messages sees that those before it are gone.
    this.lastSequence += 1;
    this.notify();
  }

  /** What a follower that has seen everything up to `sequence` has not seen, oldest first, and whether it missed some. */
  after(sequence: number): {
    readonly messages: readonly Stored[];
    readonly last: number;
    readonly isGap: boolean;
  } {
    const messages = this.messages.filter((each) => each.sequence > sequence);
    const expected = this.lastSequence - sequence;
    return { messages, last: this.lastSequence, isGap: messages.length !== expected };
  }

  /** The number within this run that an id stands for; undefined for ids that this run did not give. */
  sequenceOf(id: string): number | undefined {
    const [run, text = ""] = id.split("-");
    const sequence = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    return run === this.run && sequence <= this.lastSequence ? sequence : undefined;
  }

  /** Id of a number of this run. */
  idOf(sequence: number): string {
    return `${this.run}-${String(sequence)}`;
  }

  /** Calls `listener` after every change. @returns how to stop that */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}

function sizeOf({ json, entry }: Stored): number {
  return json.length + entry.length;
}
