import type { EnvironmentInput } from "../../../environments/environment";
import {
  builtFrom,
  builtServices,
  discordAlerts,
  routing,
  shared,
  slackCritical,
  slackTeam,
  urgent,
} from "./shared";

/**
 * One Docker host and no account anywhere: an AWS emulator takes the place of AWS, and the inbox that of Slack, Discord
 * and the mail server.
 */
export const local: EnvironmentInput = {
  ...shared,
  name: "local",
  // Of the inbox, which has them.
  runbooksUrl: "http://127.0.0.1:8025/runbooks",
  services: builtServices(),
  logShipper: {},
  aws: { region: "us-east-1", emulatorUrl: "http://127.0.0.1:5566" },
  machines: {
    aws: { target: { kind: "instances", instanceIds: ["i-0123456789abcdef0"] }, detailedMonitoring: true },
  },
  cloudwatch: {
    alarms: {
      highCpu: { periodSeconds: 120, evaluationPeriods: 2, missingData: "missing" },
      statusCheckFailed: { periodSeconds: 60, evaluationPeriods: 2, missingData: "missing" },
      // No error line gives no data: the services are alive all the same.
      errorLines: { count: 10, periodSeconds: 300, evaluationPeriods: 1, missingData: "notBreaching" },
    },
    logs: { retentionDays: 7 },
    subscriptions: {
      critical: { nobody: "The emulator sends no messages." },
      warning: { nobody: "The emulator sends no messages." },
    },
    noHeartbeat: "The emulator keeps schedules, and runs none.",
  },
  prometheus: { url: "http://127.0.0.1:9090", retentionTime: "8d", retentionSize: "1GB" },
  grafana: { url: "http://127.0.0.1:3300", refresh: "10s" },
  loki: {},
  moto: { hostPort: 5566 },
  inbox: { build: builtFrom("inbox", "docs/runbooks") },
  alerting: {
    ...routing,
    url: "http://127.0.0.1:9093",
    objectives: { windowDays: 7 },
    // All receivers lead there.
    inbox: "http://inbox:8025",
    receivers: [
      slackCritical,
      slackTeam,
      discordAlerts,
      {
        kind: "email",
        name: "email-ops",
        to: ["ops@example.com"],
        from: "alerts@example.com",
        smarthost: "inbox:1025",
        verifyCertificate: false,
      },
      { kind: "pagerduty", name: "pagerduty-on-call" },
      { kind: "msteams", name: "msteams-team" },
      { kind: "webhook", name: "webhook-incidents" },
      { kind: "heartbeat", name: "heartbeat" },
    ],
    routes: [
      {
        severity: "critical",
        receivers: ["slack-critical", "email-ops", "pagerduty-on-call", "webhook-incidents"],
        ...urgent,
      },
      { severity: "warning", receivers: ["slack-team", "discord-alerts", "msteams-team"] },
    ],
  },
};
