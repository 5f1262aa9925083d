import { z } from "zod";
import { markdown, title } from "../notifications/message";
import { messageText } from "../notifications/message-text";
import { useOf } from "../notifications/template";
import { inboxPath, receiverKind, receiverName } from "./receiver";

/** Bytes of a message: Discord takes 4096 characters. */
const mostBytes = 4000;

const templates = {
  "notification.discord.title": title(markdown),
  "notification.discord.text": messageText(markdown, mostBytes),
};
const template = useOf(templates);

/** A channel of Discord, by a webhook. */
export const discord = receiverKind({
  schema: z.strictObject({ kind: z.literal("discord"), name: receiverName }),
  key: "discord_configs",
  secret: { suffix: "webhook_url", words: "URL of the webhook", atInbox: inboxPath("discord") },
  templates,
  render: (_, secretPath) => ({
    send_resolved: true,
    webhook_url_file: secretPath,
    title: template("notification.discord.title"),
    message: template("notification.discord.text"),
  }),
  managed: {
    way: "none",
    instead: "a receiver of the kind webhook, whose program writes to Discord, or slack or msteams",
  },
  example: { kind: "discord", name: "discord-alerts" },
  words: {
    what: "a channel, by a webhook",
    most: `${String(mostBytes)} bytes, title 256 characters`,
    setUp: "make a webhook in the channel's settings, under Integrations",
  },
});
