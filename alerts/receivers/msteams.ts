import { template } from "../notifications/template-file";
import { inboxPath, type NamedReceiver, type ReceiverKind } from "./receiver";

/** A channel of Microsoft Teams, by a workflow's webhook. */
export interface TeamsReceiver extends NamedReceiver {
  readonly kind: "msteams";
}

export const msteams: ReceiverKind<TeamsReceiver, object> = {
  key: "msteamsv2_configs",
  secret: { suffix: "webhook_url", words: "URL of the workflow's webhook", atInbox: inboxPath("msteams") },
  render: (_, secretPath) => ({
    send_resolved: true,
    webhook_url_file: secretPath,
    title: template("notification.msteams.title"),
    text: template("notification.msteams.text"),
  }),
};
