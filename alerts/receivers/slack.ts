import { template } from "../notifications/template-file";
import { inboxPath, type NamedReceiver, type ReceiverKind } from "./receiver";

/** A channel of Slack, by an incoming webhook. */
export interface SlackReceiver extends NamedReceiver {
  readonly kind: "slack";
  /** Channel with its `#`. */
  readonly channel: string;
}

export const slack: ReceiverKind<SlackReceiver, object> = {
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
};
