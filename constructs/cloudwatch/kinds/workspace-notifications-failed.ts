import { workspaceFault } from "../workspace-metrics";

/** Goes off when a workspace's Alertmanager cannot publish to a topic, or tell PagerDuty. */
export const workspaceNotificationsFailed = workspaceFault({
  meaning: "the workspace could not tell of alerts",
  severity: "critical",
  metricName: "AlertManagerNotificationsFailed",
  unit: "notifications",
  happened: "The Alertmanager of the workspace of Amazon Managed Prometheus could not tell of alerts",
  action:
    "Look at the alerts in Grafana, as nobody was told, then read Alertmanager's lines in the workspace's log group.",
});
