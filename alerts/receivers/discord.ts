import { z } from "zod";
import { template } from "../notifications/template-file";
import { inboxPath, receiverKind, receiverName } from "./receiver";

/** A channel of Discord, by a webhook. */
export const discord = receiverKind({
  schema: z.strictObject({ kind: z.literal("discord"), name: receiverName }),
  key: "discord_configs",
  secret: { suffix: "webhook_url", words: "URL of the webhook", atInbox: inboxPath("discord") },
  render: (_, secretPath) => ({
    send_resolved: true,
    webhook_url_file: secretPath,
    title: template("notification.discord.title"),
    message: template("notification.discord.text"),
  }),
});
