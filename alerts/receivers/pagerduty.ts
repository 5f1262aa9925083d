import { z } from "zod";
import { template } from "../notifications/template-file";
import { inboxPath, receiverKind, receiverName } from "./receiver";

/** A service of PagerDuty, by its Events API v2. */
export const pagerduty = receiverKind({
  schema: z.strictObject({ kind: z.literal("pagerduty"), name: receiverName }),
  key: "pagerduty_configs",
  secret: {
    suffix: "routing_key",
    words: "integration key of the Events API v2",
    // As long as a real one. The address is in the configuration.
    atInbox: () => "0".repeat(32),
  },
  render: ({ name }, secretPath, inbox) => ({
    send_resolved: true,
    ...(inbox !== undefined && { url: inboxPath("pagerduty")(inbox, name) }),
    routing_key_file: secretPath,
    description: template("notification.page.summary"),
    severity: template("notification.page.severity"),
    source: template("notification.page.source"),
    component: template("notification.page.component"),
    class: template("notification.page.class"),
    client: "Alertmanager",
    client_url: "{{ .ExternalURL }}",
    // The names of Alertmanager's own, which have no limit.
    details: {
      firing: template("notification.page.firing"),
      resolved: template("notification.page.resolved"),
    },
    links: [
      { text: "Runbook", href: template("notification.runbook") },
      { text: "Dashboard", href: template("notification.dashboard") },
      { text: "Silence", href: template("notification.silence") },
    ],
  }),
});
