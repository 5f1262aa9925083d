import type { Labels } from "../../../alerts/routing/matcher";

/** Alerts with these labels must reach these receivers, and no other. */
export interface Expectation {
  readonly alerts: Labels;
  readonly reach: readonly string[];
}

const nobody = ["nobody"];

/**
 * Whom the alerts of each of your environments must reach: what people want, said without the routes, which the tests
 * hold against it. The first entry whose labels an alert has counts.
 */
export const expectations: Readonly<Record<string, readonly Expectation[]>> = {
  local: [
    { alerts: { alertname: "Watchdog" }, reach: ["heartbeat"] },
    {
      alerts: { severity: "critical" },
      reach: ["slack-critical", "email-ops", "pagerduty-on-call", "webhook-incidents"],
    },
    { alerts: { severity: "warning" }, reach: ["slack-team", "discord-alerts", "msteams-team"] },
    { alerts: { severity: "none" }, reach: nobody },
    { alerts: {}, reach: ["slack-team"] },
  ],
  dev: [
    { alerts: { alertname: "Watchdog" }, reach: nobody },
    { alerts: { severity: "critical" }, reach: ["slack-critical", "email-ops"] },
    { alerts: { severity: "warning" }, reach: ["slack-team", "discord-alerts"] },
    { alerts: { severity: "none" }, reach: nobody },
    { alerts: {}, reach: ["slack-team"] },
  ],
  staging: [
    { alerts: { alertname: "Watchdog" }, reach: ["heartbeat"] },
    { alerts: { severity: "critical" }, reach: ["slack-critical", "email-ops"] },
    { alerts: { severity: "warning" }, reach: ["slack-team", "discord-alerts"] },
    { alerts: { severity: "none" }, reach: nobody },
    { alerts: {}, reach: ["slack-team"] },
  ],
  prod: [
    { alerts: { alertname: "Watchdog" }, reach: ["heartbeat"] },
    { alerts: { severity: "critical" }, reach: ["slack-critical", "email-ops", "pagerduty-on-call"] },
    { alerts: { severity: "warning", service: "order-service" }, reach: ["msteams-checkout", "slack-team"] },
    { alerts: { severity: "warning" }, reach: ["slack-team", "discord-alerts"] },
    { alerts: { severity: "none" }, reach: nobody },
    { alerts: {}, reach: ["slack-team"] },
  ],
};
