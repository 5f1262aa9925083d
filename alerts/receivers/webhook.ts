import { limits } from "../notifications/limits";
import { inboxPath, type NamedReceiver, type ReceiverKind } from "./receiver";

/** A program of one's own that takes Alertmanager's JSON. */
export interface WebhookReceiver extends NamedReceiver {
  readonly kind: "webhook";
}

export const webhook: ReceiverKind<WebhookReceiver, object> = {
  key: "webhook_configs",
  secret: { suffix: "url", words: "URL of the webhook", atInbox: inboxPath("webhook") },
  render: (_, secretPath) => ({
    send_resolved: true,
    url_file: secretPath,
    max_alerts: limits.webhookAlerts,
  }),
};
