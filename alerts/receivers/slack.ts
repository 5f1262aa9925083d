import { z } from "zod";
import { text } from "../../schema/primitives";
import { template } from "../notifications/template-file";
import { inboxPath, receiverKind, receiverName } from "./receiver";

/** A channel of Slack, by an incoming webhook. */
export const slack = receiverKind({
  schema: z.strictObject({
    kind: z.literal("slack"),
    name: receiverName,
    /** Channel with its `#`, or a person with an `@`. */
    channel: text(/^[#@][\p{Ll}\p{Lo}\p{N}._-]{1,80}$/u, `a channel such as "#alerts-critical"`),
  }),
  key: "slack_configs",
  secret: { suffix: "api_url", words: "URL of the incoming webhook", atInbox: inboxPath("slack") },
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
});
