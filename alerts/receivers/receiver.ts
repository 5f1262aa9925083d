import type { z } from "zod";
import type { ManagedWay } from "../managed/way";
import type { Templates } from "../notifications/template";
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

/** What `docs/notifications.md` says of a kind of receiver: parts of a sentence, in Markdown. */
export interface KindWords {
  /** Whom or what it tells, and how. */
  readonly what: string;
  /** The most that is sent. */
  readonly most: string;
  /** What to do there, and where its secret is found. */
  readonly setUp: string;
}

/** What a kind of receiver is in an environment's file: everything but its secret. */
type ReceiverSchema = z.ZodType<{ kind: string; name: string }>;

/** What a kind of receiver is. */
export interface ReceiverKind<Schema extends ReceiverSchema = ReceiverSchema> {
  readonly schema: Schema;
  readonly secret: SecretKind;
  /** The key of Alertmanager's receiver. */
  readonly key: string;
  /** The templates of its texts, by names that no other kind has. Default: none, it writes no texts of its own. */
  readonly templates?: Templates;
  /**
   * The receiver in Alertmanager's configuration.
   * @param secretPath absolute path of the file with the secret
   * @param inbox URL of the inbox that takes the place of the service, if one does
   */
  readonly render: (settings: z.output<Schema>, secretPath: string, inbox: string | undefined) => object;
  /** How Amazon Managed Service for Prometheus tells it, where that is the environment's engine. */
  readonly managed: ManagedWay<z.output<Schema>>;
  /** Such a receiver in an environment's file, for the document. */
  readonly example: z.input<Schema>;
  readonly words: KindWords;
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
