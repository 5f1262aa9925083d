import { z } from "zod";
import { text } from "../../schema/primitives";
import { chatMessage } from "../managed/chat-message";
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

const guid = text(
  /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
  `an id such as "00000000-1111-2222-3333-444444444444"`,
);

/** A channel of Microsoft Teams, by a workflow's webhook. */
export const msteams = receiverKind({
  schema: z.strictObject({
    kind: z.literal("msteams"),
    name: receiverName,
    /**
     * The channel as Amazon Q Developer in chat applications knows it, by which Amazon Managed Prometheus writes to it.
     * Default: none; it is asked for where that is the engine.
     */
    amazonQ: z
      .strictObject({
        /** Id of the Microsoft Teams tenant. */
        tenantId: guid,
        /** Id of the team, which somebody has authorized in the account. */
        teamId: guid,
        /** Id of the channel as its link has it, percent-encoded. */
        channelId: text(
          /^[\w=+/.,-]*%3[aA][\w=+/.,-]*%40[\w=+/.,-]*$/,
          `a channel's id such as "19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2"`,
        ),
      })
      .optional(),
  }),
  key: "msteamsv2_configs",
  secret: { suffix: "webhook_url", words: "URL of the workflow's webhook", atInbox: inboxPath("msteams") },
  templates,
  render: (_, secretPath) => ({
    send_resolved: true,
    webhook_url_file: secretPath,
    title: template("notification.msteams.title"),
    text: template("notification.msteams.text"),
  }),
  managed: {
    way: "topic",
    templates: (silence) => ({ "notification.msteams.json": chatMessage(markup, mostBytes, silence) }),
    message: `{{ template "notification.msteams.json" . }}`,
    sendResolved: true,
    readers: ({ amazonQ }) =>
      amazonQ
        ? { kind: "teams", ...amazonQ }
        : {
            kind: "unsaid",
            setting: "amazonQ",
            allowed: `{ tenantId: "…", teamId: "…", channelId: "19%3a…%40thread.tacv2" }`,
          },
  },
  example: { kind: "msteams", name: "msteams-team" },
  words: {
    what: "a channel, by a workflow's webhook",
    most: `${String(mostBytes)} bytes`,
    setUp: "add the workflow that posts to the channel when a webhook request is received",
  },
});
