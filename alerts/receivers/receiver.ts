/** What every receiver of an environment has. */
export interface NamedReceiver {
  /** Name, unique in the environment. */
  readonly name: string;
}

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

/** What a kind of receiver is. */
export interface ReceiverKind<Settings extends NamedReceiver, Config> {
  readonly secret: SecretKind;
  /** The key of Alertmanager's receiver. */
  readonly key: string;
  /**
   * The receiver in Alertmanager's configuration.
   * @param secretPath absolute path of the file with the secret
   * @param inbox URL of the inbox that takes the place of the service, if one does
   */
  readonly render: (settings: Settings, secretPath: string, inbox: string | undefined) => Config;
}

/** A receiver at a URL of an inbox, by what it is and its name. */
export function inboxPath(kind: string): SecretKind["atInbox"] {
  return (inbox, name) => `${inbox}/${kind}/${name}`;
}
