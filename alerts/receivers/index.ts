import { discord, type DiscordReceiver } from "./discord";
import { email, type EmailReceiver } from "./email";
import { heartbeat, type HeartbeatReceiver } from "./heartbeat";
import { msteams, type TeamsReceiver } from "./msteams";
import { pagerduty, type PagerDutyReceiver } from "./pagerduty";
import type { NamedReceiver, ReceiverKind } from "./receiver";
import { slack, type SlackReceiver } from "./slack";
import { webhook, type WebhookReceiver } from "./webhook";

/** Every kind of receiver and what it is in an environment's file. A new kind is added here. */
interface SettingsOfKind {
  readonly slack: SlackReceiver;
  readonly discord: DiscordReceiver;
  readonly email: EmailReceiver;
  readonly pagerduty: PagerDutyReceiver;
  readonly msteams: TeamsReceiver;
  readonly webhook: WebhookReceiver;
  readonly heartbeat: HeartbeatReceiver;
}

/** A kind of receiver. */
export type Kind = keyof SettingsOfKind;

/** A receiver as an environment describes it: everything but its secret. */
export type ReceiverSettings = SettingsOfKind[Kind];

const kinds: { readonly [K in Kind]: ReceiverKind<SettingsOfKind[K], object> } = {
  slack,
  discord,
  email,
  pagerduty,
  msteams,
  webhook,
  heartbeat,
};

/** A receiver as Alertmanager's configuration file writes it. */
export type Receiver = NamedReceiver & Readonly<Record<string, unknown>>;

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
  const { key, config } = rendered(receiver.kind, receiver, inbox);
  return { name: receiver.name, [key]: [config] };
}

function rendered<K extends Kind>(kind: K, receiver: ReceiverSettings, inbox: string | undefined) {
  const { key, render } = kinds[kind];
  // The kind is the receiver's own, which TypeScript does not follow through the table.
  return { key, config: render(receiver as SettingsOfKind[K], secretPath(receiver), inbox) };
}
