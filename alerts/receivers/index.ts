import { z } from "zod";
import { discord } from "./discord";
import { email } from "./email";
import { heartbeat } from "./heartbeat";
import { msteams } from "./msteams";
import { pagerduty } from "./pagerduty";
import { slack } from "./slack";
import { webhook } from "./webhook";

/**
 * Every kind of receiver, by its name in an environment's file: the one list, in the order of the documents. A new kind is
 * added here.
 */
export const kinds = { slack, discord, msteams, email, pagerduty, webhook, heartbeat };

type KindSchema = (typeof kinds)[keyof typeof kinds]["schema"];

/**
 * Somebody who is told of alerts. What must be secret (a webhook's URL, a key, a password) is not here: each receiver
 * has a sensitive Terraform variable named after it.
 */
export const receiverSchema = z.discriminatedUnion(
  "kind",
  Object.values(kinds).map(({ schema }) => schema) as [KindSchema, ...KindSchema[]],
);

/** A receiver as an environment describes it: everything but its secret. */
export type ReceiverSettings = z.output<typeof receiverSchema>;

/** A kind of receiver. */
export type Kind = ReceiverSettings["kind"];

/** A receiver as Alertmanager's configuration file writes it. */
export type Receiver = { readonly name: string } & Readonly<Record<string, unknown>>;

/** What a receiver reads from a file of its own. */
export type ReceiverSecret = {
  /** Absolute path in the container. */
  readonly path: string;
} & (
  | {
      /** Name of the sensitive Terraform variable that holds it: the receiver's with underscores, and what it is. */
      readonly variable: string;
      readonly description: string;
    }
  | {
      /** What is in the file where an inbox takes the place of the services: no secret. */
      readonly content: string;
    }
);

/** Absolute path, in the container, of the file that a receiver reads its secret from. */
function secretPath({ kind, name }: ReceiverSettings): string {
  return `/run/secrets/${variableName(kind, name)}`;
}

function variableName(kind: Kind, name: string): string {
  return `${name.replaceAll("-", "_")}_${kinds[kind].secret.suffix}`;
}

/**
 * The secret that a receiver needs.
 * @param inbox URL of the inbox that takes the place of the services. Default: none does
 */
export function receiverSecret(receiver: ReceiverSettings, inbox?: string): ReceiverSecret {
  const { kind, name } = receiver;
  const { words, atInbox } = kinds[kind].secret;
  const path = secretPath(receiver);
  if (inbox !== undefined) return { path, content: atInbox(inbox, name) };
  return { path, variable: variableName(kind, name), description: `${name}: ${words}` };
}

/**
 * A receiver for Alertmanager's configuration.
 * @param inbox URL of the inbox that takes the place of the services. Default: none does
 */
export function renderReceiver(receiver: ReceiverSettings, inbox?: string): Receiver {
  const { key } = kinds[receiver.kind];
  // The kind is the receiver's own, which TypeScript does not follow through the table.
  const render: (settings: never, secretPath: string, inbox: string | undefined) => object =
    kinds[receiver.kind].render;
  return { name: receiver.name, [key]: [render(receiver as never, secretPath(receiver), inbox)] };
}
