import type { EnvironmentInput } from "./environment";
import { discordAlerts, releasedServices, routing, shared, slackCritical, slackTeam, urgent } from "./shared";

/** Development: the whole fleet of the account, basic monitoring, nobody woken at night. */
export const dev: EnvironmentInput = {
  ...shared,
  name: "dev",
  services: releasedServices("1.0.0", { hostPort: 13_000 }),
  // Its engine is on no instance of EC2, which would have a role.
  logShipper: {
    awsCredentials: {
      kind: "access-key",
      accessKeyId: { secret: "log_shipper_access_key_id" },
      secretAccessKey: { secret: "log_shipper_secret_access_key" },
    },
  },
  aws: { region: "eu-central-1" },
  machines: { aws: { target: { kind: "fleet" }, detailedMonitoring: true } },
  cloudwatch: {
    alarms: {
      // Machines are stopped in the evening here, so a gap is no fault.
      highCpu: {
        periodSeconds: 120,
        evaluationPeriods: 2,
        missingData: "notBreaching",
      },
      statusCheckFailed: { periodSeconds: 60, evaluationPeriods: 5, missingData: "notBreaching" },
      // No error line gives no data: the services are alive all the same.
      errorLines: { count: 50, periodSeconds: 300, evaluationPeriods: 1, missingData: "notBreaching" },
    },
    logs: { retentionDays: 7 },
    subscriptions: {
      warning: [{ protocol: "email", address: "dev-team@example.com" }],
    },
    noHeartbeat: "Nobody is woken for development, and who works on it sees that AWS is silent.",
  },
  // Beside `local` on one engine: other ports and addresses.
  docker: {
    managementSubnet: "172.30.93.0/24",
    monitoringSubnet: "172.30.94.0/24",
    alertmanagerSubnet: "172.30.92.0/28",
  },
  prometheus: { url: "http://127.0.0.1:19090", hostPort: 19_090, retentionTime: "8d", retentionSize: "5GB" },
  grafana: { url: "http://127.0.0.1:13300", hostPort: 13_300 },
  jaeger: { hostPort: 26_686 },
  alerting: {
    objectives: { windowDays: 7 },
    defaultReceiver: routing.defaultReceiver,
    url: "http://127.0.0.1:19093",
    hostPort: 19_093,
    receivers: [
      slackCritical,
      slackTeam,
      discordAlerts,
      { kind: "email", name: "email-ops", to: ["dev-team@example.com"], from: "alerts@example.com" },
    ],
    noHeartbeat: "Nobody is woken for development, and who works on it sees that Prometheus is down.",
    routes: [
      { severity: "critical", receivers: ["slack-critical", "email-ops"], ...urgent },
      { severity: "warning", receivers: ["slack-team", "discord-alerts"], activeDuring: "working-hours" },
    ],
    timeIntervals: [
      {
        name: "working-hours",
        timezone: "Europe/Berlin",
        weekdays: ["monday", "tuesday", "wednesday", "thursday", "friday"],
        start: "08:00",
        end: "18:00",
      },
    ],
  },
};
