import type { z } from "zod";
import { dashedName } from "../../schema/primitives";

/** Name of a receiver, unique in its environment. */
export const receiverName = dashedName(40);

/** What a kind of receiver takes from a file, because it is a secret. */
export interface SecretKind {
  /** End of the variable's name: `api_url` in `slack_critical_api_url`. */
  readonly suffix: string;
  /** What it is, for the prompt that Terraform shows. */
  readonly words: string;
  /**
   * What it is where an inbox takes the place of the service; no secret then.
   * @param inbox URL of the inbox
   * @param name of the receiver
   */
  readonly atInbox: (inbox: string, name: string) => string;
}

/** What a kind of receiver is in an environment's file: everything but its secret. */
type ReceiverSchema = z.ZodType<{ kind: string; name: string }>;

/** What a kind of receiver is. */
export interface ReceiverKind<Schema extends ReceiverSchema> {
  readonly schema: Schema;
  readonly secret: SecretKind;
  /** The key of Alertmanager's receiver. */
  readonly key: string;
  /**
   * The receiver in Alertmanager's configuration.
   * @param secretPath absolute path of the file with the secret
   * @param inbox URL of the inbox that takes the place of the service, if one does
   */
  readonly render: (settings: z.output<Schema>, secretPath: string, inbox: string | undefined) => object;
}

/** Types a kind of receiver by its schema. */
export function receiverKind<Schema extends ReceiverSchema>(
  kind: ReceiverKind<Schema>,
): ReceiverKind<Schema> {
  return kind;
}

/** A receiver at a URL of an inbox, by what it is and its name. */
export function inboxPath(kind: string): SecretKind["atInbox"] {
  return (inbox, name) => `${inbox}/${kind}/${name}`;
}
