import { z } from "zod";
import { text } from "../../schema/primitives";
import { chatMessage } from "../managed/chat-message";
import { replaced } from "../notifications/expressions";
import { type Markup, title } from "../notifications/message";
import { messageText } from "../notifications/message-text";
import { useOf } from "../notifications/template";
import { inboxPath, receiverKind, receiverName } from "./receiver";

/** Bytes of a message: Slack asks for no more than 4000 characters, and cuts at 40,000. */
const mostBytes = 4000;

const markup: Markup = {
  // What would be read as a link, a mention or an entity is written out.
  escape: (value) => replaced(">", "&gt;", replaced("<", "&lt;", replaced("&", "&amp;", value))),
  field: (name) => `*${name}:* %s`,
  link: (words) => `<%s|${words}>`,
  lineEnd: "\n",
  between: " · ",
};

const templates = {
  "notification.slack.title": title(markup),
  "notification.slack.text": messageText(markup, mostBytes),
};
const template = useOf(templates);

/** A channel of Slack, by an incoming webhook. */
export const slack = receiverKind({
  schema: z.strictObject({
    kind: z.literal("slack"),
    name: receiverName,
    /** Channel with its `#`, or a person with an `@`. */
    channel: text(/^[#@][\p{Ll}\p{Lo}\p{N}._-]{1,80}$/u, `a channel such as "#alerts-critical"`),
    /**
     * The channel as Amazon Q Developer in chat applications knows it, by which Amazon Managed Prometheus writes to it.
     * Default: none; it is asked for where that is the engine.
     */
    amazonQ: z
      .strictObject({
        /** Id of the workspace of Slack, which somebody has authorized in the account. */
        workspaceId: text(/^[0-9A-Z]{1,255}$/, `a workspace's id such as "T07EA123LEP"`),
        /** Id of the channel, in which the app was invited. */
        channelId: text(/^[A-Za-z0-9]{1,255}$/, `a channel's id such as "C07EZ1ABC23"`),
      })
      .optional(),
  }),
  key: "slack_configs",
  secret: { suffix: "api_url", words: "URL of the incoming webhook", atInbox: inboxPath("slack") },
  templates,
  render: ({ channel }, secretPath) => ({
    send_resolved: true,
    api_url_file: secretPath,
    channel,
    title: template("notification.slack.title"),
    title_link: "{{ .ExternalURL }}/#/alerts",
    text: template("notification.slack.text"),
    // Shown by phones and by what shows no attachments; Alertmanager's own has no limit.
    fallback: template("notification.slack.title"),
    mrkdwn_in: ["text"],
  }),
  managed: {
    way: "topic",
    templates: (silence) => ({ "notification.slack.json": chatMessage(markup, mostBytes, silence) }),
    message: `{{ template "notification.slack.json" . }}`,
    sendResolved: true,
    readers: ({ amazonQ }) =>
      amazonQ
        ? { kind: "slack", ...amazonQ }
        : { kind: "unsaid", setting: "amazonQ", allowed: `{ workspaceId: "T…", channelId: "C…" }` },
  },
  example: { kind: "slack", name: "slack-critical", channel: "#alerts-critical" },
  words: {
    what: "a channel, by an incoming webhook",
    most: `${String(mostBytes)} bytes`,
    setUp: "add an incoming webhook to an app of the workspace, for the channel",
  },
});
