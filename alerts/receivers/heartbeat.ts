import { z } from "zod";
import { inboxPath, receiverKind, receiverName } from "./receiver";

/**
 * A service that raises an alarm of its own when nothing is heard any more. It gets the Watchdog, an alert that always
 * fires, and nothing else.
 */
export const heartbeat = receiverKind({
  schema: z.strictObject({ kind: z.literal("heartbeat"), name: receiverName }),
  key: "webhook_configs",
  secret: { suffix: "url", words: "URL to call as long as all is well", atInbox: inboxPath("webhook") },
  render: (_, secretPath) => ({
    // Any call counts as a sign of life, and a resolved Watchdog is the opposite of one.
    send_resolved: false,
    url_file: secretPath,
    max_alerts: 1,
  }),
  managed: {
    way: "topic",
    templates: () => ({ "notification.heartbeat": "{{ .Status }}" }),
    message: `{{ template "notification.heartbeat" . }}`,
    sendResolved: false,
    readers: () => ({ kind: "url" }),
  },
  example: { kind: "heartbeat", name: "heartbeat" },
  words: {
    what: "a service that notices when nothing comes any more",
    most: "the Watchdog",
    setUp: "make a check there that expects a call every two minutes",
  },
});
