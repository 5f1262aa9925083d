import type { EnvironmentInput } from "../../../environments/environment";
import { parseEnvironment } from "../../../environments/validation";
import { prod } from "./prod";
import { slackCritical, slackTeam, urgent } from "./shared";

/** Production on a workspace of Amazon Managed Service for Prometheus, with receivers that it can reach. */
export const managed: EnvironmentInput = {
  ...prod,
  name: "managed",
  prometheus: { ...prod.prometheus, engine: { kind: "amazon-managed-prometheus" } },
  alerting: {
    ...prod.alerting,
    receivers: [
      { ...slackCritical, amazonQ: { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" } },
      { ...slackTeam, amazonQ: { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC24" } },
      { kind: "email", name: "email-ops", to: ["ops@example.com"], from: "alerts@example.com" },
      { kind: "pagerduty", name: "pagerduty-on-call" },
      {
        kind: "msteams",
        name: "msteams-checkout",
        amazonQ: {
          tenantId: "11111111-2222-3333-4444-555555555555",
          teamId: "66666666-7777-8888-9999-000000000000",
          channelId: "19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2",
        },
      },
      {
        kind: "webhook",
        name: "webhook-incidents",
        queueArn: "arn:aws:sqs:eu-central-1:123456789012:incidents",
      },
      { kind: "webhook", name: "webhook-tickets" },
      { kind: "heartbeat", name: "heartbeat" },
    ],
    routes: [
      {
        severity: "critical",
        receivers: ["slack-critical", "email-ops", "pagerduty-on-call", "webhook-incidents"],
        ...urgent,
      },
      { severity: "warning", receivers: ["slack-team", "webhook-tickets"] },
      { severity: "warning", owner: "checkout", receivers: ["msteams-checkout", "slack-team"] },
    ],
  },
};

/** The same, checked and with its defaults. It is none of those that a synth writes. */
export const managedEnvironment = parseEnvironment(managed, "environments/managed.ts");
