import type { EnvironmentInput } from "./environment";
import { discordAlerts, releasedServices, routing, shared, slackCritical, slackTeam, urgent } from "./shared";

/** Production: an Auto Scaling group, state in S3, a pager and a queue besides the mails. */
export const prod: EnvironmentInput = {
  ...shared,
  name: "prod",
  services: releasedServices("1.0.0", { publicUrl: "https://api.example.com" }),
  blackboxExporter: {},
  logShipper: {},
  state: { backend: "s3", bucket: "microservices-monitoring-terraform-state", region: "eu-central-1" },
  aws: { region: "eu-central-1" },
  machines: {
    aws: {
      target: { kind: "auto-scaling-group", name: "microservices-prod" },
      detailedMonitoring: true,
      discovery: { atLeast: 2 },
    },
  },
  cloudwatch: {
    alarms: {
      // That a machine reports nothing is told once, by MachineSilent.
      highCpu: { periodSeconds: 120, evaluationPeriods: 2, missingData: "missing" },
      statusCheckFailed: { periodSeconds: 60, evaluationPeriods: 2, missingData: "missing" },
      // No error line gives no data: the services are alive all the same.
      errorLines: { count: 10, periodSeconds: 300, evaluationPeriods: 1, missingData: "notBreaching" },
    },
    agent: {
      periodSeconds: 300,
      evaluationPeriods: 2,
      missingData: "breaching",
    },
    logs: { retentionDays: 90 },
    subscriptions: {
      critical: [
        { protocol: "email", address: "on-call@example.com" },
        { protocol: "https", endpoint: { secret: "cloudwatch_pager_url" } },
      ],
      warning: [
        { protocol: "email", address: "platform-team@example.com" },
        { protocol: "sqs", queueArn: "arn:aws:sqs:eu-central-1:123456789012:monitoring-alarms" },
      ],
    },
    heartbeat: { endpoint: { secret: "cloudwatch_heartbeat_url" } },
  },
  docker: { host: "ssh://deploy@monitoring.example.com" },
  prometheus: {
    url: "https://prometheus.example.com",
    retentionTime: "45d",
    retentionSize: "50GB",
    limits: { memoryMb: 4096, cpus: 2 },
  },
  grafana: { url: "https://grafana.example.com", timezone: "utc", limits: { memoryMb: 1024, cpus: 1 } },
  alerting: {
    ...routing,
    url: "https://alertmanager.example.com",
    replicas: 2,
    receivers: [
      slackCritical,
      slackTeam,
      discordAlerts,
      { kind: "email", name: "email-ops", to: ["ops@example.com"], from: "alerts@example.com" },
      { kind: "pagerduty", name: "pagerduty-on-call" },
      { kind: "msteams", name: "msteams-checkout" },
      { kind: "heartbeat", name: "heartbeat" },
    ],
    routes: [
      {
        severity: "critical",
        receivers: ["slack-critical", "email-ops", "pagerduty-on-call"],
        ...urgent,
      },
      { severity: "warning", receivers: ["slack-team", "discord-alerts"] },
      { severity: "warning", owner: "checkout", receivers: ["msteams-checkout", "slack-team"] },
    ],
  },
};
