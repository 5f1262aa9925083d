import { foreign, owned } from "./define";
import { oneOf, open } from "./labels";

const integration = { integration: open(20) };
const inCluster = { onlyWith: "second-alertmanager" } as const;

/** What dashboards and rules read of Alertmanager, as 0.31 and newer export it. */
export const alertmanager = owned(
  { owner: "alertmanager", title: "Alertmanager", exportedBy: ["alertmanager"] },
  [
    foreign("gauge", "alertmanager_build_info", {
      unit: "constant 1",
      help: "Version, in the labels.",
      labels: {
        branch: open(),
        goarch: open(),
        goos: open(),
        goversion: open(),
        revision: open(),
        tags: open(),
        version: open(),
      },
    }),
    foreign("gauge", "alertmanager_config_last_reload_successful", {
      unit: "boolean",
      help: "Whether the configuration was taken at the last reload (1) or not (0).",
    }),
    foreign("gauge", "alertmanager_config_last_reload_success_timestamp_seconds", {
      unit: "seconds",
      help: "When the configuration was taken last, in Unix time.",
    }),
    foreign("gauge", "alertmanager_config_hash", {
      unit: "hash",
      help: "Hash of the configuration; the same on all members of a cluster.",
    }),
    foreign("gauge", "alertmanager_alerts", {
      unit: "alerts",
      help: "Alerts by state.",
      labels: { state: oneOf("active", "suppressed", "unprocessed") },
    }),
    foreign("counter", "alertmanager_alerts_received_total", {
      unit: "alerts",
      help: "Alerts received.",
      labels: { status: oneOf("firing", "resolved"), version: open() },
    }),
    foreign("counter", "alertmanager_alerts_invalid_total", {
      unit: "alerts",
      help: "Alerts received that were not valid.",
      labels: { version: open() },
    }),
    foreign("gauge", "alertmanager_silences", {
      unit: "silences",
      help: "Silences by state.",
      labels: { state: oneOf("active", "expired", "pending") },
    }),
    foreign("counter", "alertmanager_notifications_total", {
      unit: "notifications",
      help: "Notifications sent or tried.",
      labels: integration,
    }),
    foreign("counter", "alertmanager_notifications_failed_total", {
      unit: "notifications",
      help: "Notifications that failed, by reason.",
      labels: { ...integration, reason: open(5) },
    }),
    foreign("counter", "alertmanager_notification_requests_total", {
      unit: "requests",
      help: "Requests to receivers, repeated ones included.",
      labels: integration,
    }),
    foreign("counter", "alertmanager_notification_requests_failed_total", {
      unit: "requests",
      help: "Requests to receivers that failed.",
      labels: integration,
    }),
    foreign("histogram", "alertmanager_notification_latency_seconds", {
      unit: "seconds",
      help: "Time that a notification took.",
      labels: integration,
      buckets: [1, 5, 10, 15, 20],
    }),
    foreign("gauge", "alertmanager_cluster_members", {
      ...inCluster,
      unit: "members",
      help: "Members of the cluster.",
    }),
    foreign("gauge", "alertmanager_cluster_failed_peers", {
      ...inCluster,
      unit: "members",
      help: "Members of the cluster that are not reached.",
    }),
    foreign("gauge", "alertmanager_cluster_health_score", {
      ...inCluster,
      unit: "score",
      help: "Health of the cluster: 0 is best, higher is worse.",
    }),
  ],
);
