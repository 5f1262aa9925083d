import { z } from "zod";
import { inboxPath, receiverKind, receiverName } from "./receiver";

/** Alerts in the JSON; it says how many were left out. */
export const mostAlerts = 100;

/** A program of one's own that takes Alertmanager's JSON. */
export const webhook = receiverKind({
  schema: z.strictObject({ kind: z.literal("webhook"), name: receiverName }),
  key: "webhook_configs",
  secret: { suffix: "url", words: "URL of the webhook", atInbox: inboxPath("webhook") },
  render: (_, secretPath) => ({
    send_resolved: true,
    url_file: secretPath,
    max_alerts: mostAlerts,
  }),
  example: { kind: "webhook", name: "webhook-incidents" },
  words: {
    what: "a program of your own that takes Alertmanager's JSON",
    most: `${String(mostAlerts)} alerts; the JSON says how many were left out`,
    setUp: "take `POST` at a URL that nobody guesses, and answer with 200",
  },
});
