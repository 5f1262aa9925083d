import type { Notification } from "../alertmanager/notification";

/** A notification as its receiver shows it. */
export interface RenderedMessage {
  readonly notification: Pick<Notification, "time" | "receiver" | "integration" | "status" | "groupLabels">;
  /** One line. */
  readonly title: string;
  /** The text below it, as the receiver reads it. */
  readonly text: string;
  /** What is sent: JSON, or of a mail its headers and parts. */
  readonly payload: unknown;
}
