import { template } from "../notifications/template-file";
import { inboxPath, type NamedReceiver, type ReceiverKind } from "./receiver";

/** A channel of Discord, by a webhook. */
export interface DiscordReceiver extends NamedReceiver {
  readonly kind: "discord";
}

export const discord: ReceiverKind<DiscordReceiver, object> = {
  key: "discord_configs",
  secret: { suffix: "webhook_url", words: "URL of the webhook", atInbox: inboxPath("discord") },
  render: (_, secretPath) => ({
    send_resolved: true,
    webhook_url_file: secretPath,
    title: template("notification.discord.title"),
    message: template("notification.discord.text"),
  }),
};
