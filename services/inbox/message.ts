/** What a message says of its alerts; `unknown` where it says nothing that can be read. */
export const statuses = ["firing", "resolved", "unknown"] as const;

/** One of the statuses. */
export type Status = (typeof statuses)[number];

/** What a kind of receiver reads out of what it was sent. */
export interface Content {
  readonly status: Status;
  /** One line; empty where there is none. */
  readonly title: string;
  readonly text: string;
  /** What was sent, as JSON. */
  readonly payload: unknown;
}

/** A message as it is kept and shown. */
export interface Message extends Content {
  /** Unique over restarts; compare for equality only. */
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly receivedAt: string;
  /** How it came: a name of `kinds`. */
  readonly kind: string;
  /** Last part of the webhook's path, or the mail's recipient. */
  readonly receiver: string;
}
