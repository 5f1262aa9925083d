import { z } from "zod";
import { type Markup, markdown, title } from "../notifications/message";
import { messageText } from "../notifications/message-text";
import { useOf } from "../notifications/template";
import { inboxPath, receiverKind, receiverName } from "./receiver";

/** Bytes of a message: Teams takes 28 KB of JSON, in which a character may take six bytes. */
const mostBytes = 4000;

/** A single line end is a space there. */
const markup: Markup = { ...markdown, lineEnd: "\n\n" };

const templates = {
  "notification.msteams.title": title(markup),
  "notification.msteams.text": messageText(markup, mostBytes),
};
const template = useOf(templates);

/** A channel of Microsoft Teams, by a workflow's webhook. */
export const msteams = receiverKind({
  schema: z.strictObject({ kind: z.literal("msteams"), name: receiverName }),
  key: "msteamsv2_configs",
  secret: { suffix: "webhook_url", words: "URL of the workflow's webhook", atInbox: inboxPath("msteams") },
  templates,
  render: (_, secretPath) => ({
    send_resolved: true,
    webhook_url_file: secretPath,
    title: template("notification.msteams.title"),
    text: template("notification.msteams.text"),
  }),
  example: { kind: "msteams", name: "msteams-team" },
  words: {
    what: "a channel, by a workflow's webhook",
    most: `${String(mostBytes)} bytes`,
    setUp: "add the workflow that posts to the channel when a webhook request is received",
  },
});
