import type { EnvironmentInput } from "./environment";
import { discordAlerts, releasedServices, routing, shared, slackCritical, slackTeam } from "./shared";

/** Staging: production's alarms on two machines, told to the team only. */
export const staging: EnvironmentInput = {
  ...shared,
  name: "staging",
  services: releasedServices("1.0.0", { publicUrl: "https://api.staging.example.com" }),
  blackboxExporter: {},
  logShipper: {},
  aws: { region: "eu-central-1" },
  machines: {
    aws: {
      target: { kind: "instances", instanceIds: ["i-0123456789abcdef0", "i-0fedcba9876543210"] },
      detailedMonitoring: true,
      discovery: {},
    },
  },
  cloudwatch: {
    alarms: {
      highCpu: { periodSeconds: 120, evaluationPeriods: 2, missingData: "missing" },
      statusCheckFailed: { periodSeconds: 60, evaluationPeriods: 3, missingData: "missing" },
      // No error line gives no data: the services are alive all the same.
      errorLines: { count: 20, periodSeconds: 300, evaluationPeriods: 1, missingData: "notBreaching" },
    },
    agent: {
      periodSeconds: 300,
      evaluationPeriods: 2,
      missingData: "breaching",
    },
    logs: { retentionDays: 14 },
    subscriptions: {
      warning: [{ protocol: "email", address: "platform-team@example.com" }],
    },
    heartbeat: { endpoint: { secret: "cloudwatch_heartbeat_url" } },
  },
  docker: { host: "ssh://deploy@monitoring.staging.example.com" },
  prometheus: { url: "https://prometheus.staging.example.com" },
  grafana: { url: "https://grafana.staging.example.com" },
  alerting: {
    ...routing,
    url: "https://alertmanager.staging.example.com",
    receivers: [
      slackCritical,
      slackTeam,
      discordAlerts,
      { kind: "email", name: "email-ops", to: ["platform-team@example.com"], from: "alerts@example.com" },
      { kind: "heartbeat", name: "heartbeat" },
    ],
  },
};
