import { templates } from "./templates";

/** A receiver as an environment describes it: everything but its secret. */
export type ReceiverSettings =
  | {
      readonly kind: "slack";
      readonly name: string;
      /** Channel with its `#`. */
      readonly channel: string;
    }
  | { readonly kind: "discord"; readonly name: string }
  | {
      readonly kind: "email";
      readonly name: string;
      readonly to: readonly string[];
      readonly from: string;
      /** Mail server as `host:port`. */
      readonly smarthost: string;
      /** Whether the mail server must prove its name. */
      readonly verifyCertificate: boolean;
      /** User at the mail server. Default: the sender. */
      readonly username?: string;
    };

/** A secret of a receiver: the Terraform variable that holds it and the file in the container that it becomes. */
export interface ReceiverSecret {
  /** Name of the variable: the receiver's with underscores, and what it is. */
  readonly variable: string;
  readonly description: string;
  /** Absolute path in the container. */
  readonly path: string;
}

/** A receiver as Alertmanager's configuration file writes it. */
export interface Receiver {
  readonly name: string;
  readonly slack_configs?: readonly SlackConfig[];
  readonly discord_configs?: readonly DiscordConfig[];
  readonly email_configs?: readonly EmailConfig[];
}

interface SlackConfig {
  readonly api_url_file: string;
  readonly channel: string;
  readonly title: string;
  readonly text: string;
  readonly send_resolved: boolean;
}

interface DiscordConfig {
  readonly webhook_url_file: string;
  readonly title: string;
  readonly message: string;
  readonly send_resolved: boolean;
}

interface EmailConfig {
  readonly to: string;
  readonly from: string;
  readonly smarthost: string;
  readonly auth_username: string;
  readonly auth_password_file: string;
  readonly require_tls: boolean;
  readonly tls_config?: { readonly insecure_skip_verify: boolean };
  readonly headers: Readonly<Record<string, string>>;
  readonly send_resolved: boolean;
}

/** What the secret of a kind of receiver is, as a variable's suffix and in words. */
const secretOfKind = {
  slack: { suffix: "api_url", words: "URL of the incoming webhook" },
  discord: { suffix: "webhook_url", words: "URL of the webhook" },
  email: { suffix: "auth_password", words: "password at the mail server" },
} as const;

/** The secret that a receiver needs. */
export function receiverSecret({ kind, name }: ReceiverSettings): ReceiverSecret {
  const { suffix, words } = secretOfKind[kind];
  const variable = `${name.replaceAll("-", "_")}_${suffix}`;
  return { variable, description: `${name}: ${words}`, path: `/run/secrets/${variable}` };
}

/** A receiver for Alertmanager's configuration. All of them tell of resolved alerts too. */
export function renderReceiver(settings: ReceiverSettings): Receiver {
  const { path } = receiverSecret(settings);
  const { name } = settings;
  const { title, text, subject } = templates;
  switch (settings.kind) {
    case "slack": {
      const { channel } = settings;
      return { name, slack_configs: [{ api_url_file: path, channel, title, text, send_resolved: true }] };
    }
    case "discord":
      return {
        name,
        discord_configs: [{ webhook_url_file: path, title, message: text, send_resolved: true }],
      };
    case "email":
      return {
        name,
        email_configs: [
          {
            to: settings.to.join(", "),
            from: settings.from,
            smarthost: settings.smarthost,
            auth_username: settings.username ?? settings.from,
            auth_password_file: path,
            require_tls: true,
            ...(!settings.verifyCertificate && { tls_config: { insecure_skip_verify: true } }),
            headers: { Subject: subject },
            send_resolved: true,
          },
        ],
      };
  }
}
