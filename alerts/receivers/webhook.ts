import { z } from "zod";
import { text } from "../../schema/primitives";
import { alertJson } from "../managed/alert-json";
import { inboxPath, receiverKind, receiverName } from "./receiver";

/** Alerts in the JSON; it says how many were left out. */
export const mostAlerts = 100;

/** Bytes of the alerts in a message of SNS, which may have 256 KB. */
const mostBytes = 100_000;

/** A program of one's own that takes Alertmanager's JSON. */
export const webhook = receiverKind({
  schema: z.strictObject({
    kind: z.literal("webhook"),
    name: receiverName,
    /**
     * ARN of a standard queue of SQS that gets the JSON in place of the URL, where Amazon Managed Prometheus is the engine;
     * one Prometheus calls the URL. Default: none.
     */
    queueArn: text(
      /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/,
      `the ARN of a standard queue such as "arn:aws:sqs:eu-central-1:123456789012:alerts"`,
    ).optional(),
  }),
  key: "webhook_configs",
  secret: { suffix: "url", words: "URL of the webhook", atInbox: inboxPath("webhook") },
  render: (_, secretPath) => ({
    send_resolved: true,
    url_file: secretPath,
    max_alerts: mostAlerts,
  }),
  managed: {
    way: "topic",
    templates: () => ({ "notification.webhook.json": alertJson(mostBytes, mostAlerts) }),
    message: `{{ template "notification.webhook.json" . }}`,
    sendResolved: true,
    readers: ({ queueArn }) => (queueArn === undefined ? { kind: "url" } : { kind: "queue", queueArn }),
  },
  example: { kind: "webhook", name: "webhook-incidents" },
  words: {
    what: "a program of your own that takes Alertmanager's JSON",
    most: `${String(mostAlerts)} alerts; the JSON says how many were left out`,
    setUp: "take `POST` at a URL that nobody guesses, and answer with 200",
  },
});
