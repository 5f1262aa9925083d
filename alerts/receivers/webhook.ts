import { z } from "zod";
import { limits } from "../notifications/limits";
import { inboxPath, receiverKind, receiverName } from "./receiver";

/** A program of one's own that takes Alertmanager's JSON. */
export const webhook = receiverKind({
  schema: z.strictObject({ kind: z.literal("webhook"), name: receiverName }),
  key: "webhook_configs",
  secret: { suffix: "url", words: "URL of the webhook", atInbox: inboxPath("webhook") },
  render: (_, secretPath) => ({
    send_resolved: true,
    url_file: secretPath,
    max_alerts: limits.webhookAlerts,
  }),
});
