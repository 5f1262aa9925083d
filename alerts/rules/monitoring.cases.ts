import { type AlertCase, every, type Levels, rare, series } from "../cases";

const prometheus = { job: "prometheus", instance: "prometheus:9090" } as const;
const alertmanager = { job: "alertmanager", instance: "alertmanager:9093" } as const;
const ofPrometheus = { ...prometheus, service: "prometheus" } as const;
const ofAlertmanager = { ...alertmanager, service: "alertmanager" } as const;

function up(job: string, levels: Levels, instance = `${job}:8080`) {
  return series("up", { job, instance }, levels);
}

/** What Alertmanager counts of a receiver that is told every five minutes, and refuses all or the first of it. */
function refusals(refused: Levels) {
  const slack = { ...alertmanager, integration: "slack" } as const;
  return [
    series("alertmanager_notifications_failed_total", { ...slack, reason: "clientError" }, refused),
    series("alertmanager_notifications_total", slack, [every(300), every(300), every(300)]),
  ];
}

/** How the alerts of the monitoring behave. */
export const monitoringCases: readonly AlertCase[] = [
  {
    alert: "MonitoringTargetDown",
    severity: "warning",
    // Services and machines have alerts of their own.
    series: [
      up("cadvisor", [1, 1, 0], "docker-host"),
      up("cadvisor", [1, 1, 1], "db-1"),
      up("shop", [1, 0, 0]),
      up("node-exporter", [1, 0, 0]),
    ],
    labels: { job: "cadvisor", instance: "docker-host", service: "cadvisor" },
    summary: "cadvisor is down",
    description: "cadvisor at docker-host has not answered a scrape for two minutes.",
  },
  {
    alert: "PrometheusConfigReloadFailed",
    severity: "warning",
    series: [series("prometheus_config_last_reload_successful", prometheus, [1, 1, 0])],
    labels: ofPrometheus,
    summary: "Prometheus did not take its configuration",
    description: "The last reload failed: prometheus:9090 goes on with the configuration from before.",
  },
  {
    alert: "PrometheusRuleFailures",
    severity: "critical",
    series: [
      series(
        "prometheus_rule_evaluation_failures_total",
        { ...prometheus, rule_group: "/etc/prometheus/rules/services.yml;services" },
        [0, 0, 0.1],
      ),
    ],
    labels: {
      instance: "prometheus:9090",
      rule_group: "/etc/prometheus/rules/services.yml;services",
      service: "prometheus",
    },
    summary: "Prometheus cannot evaluate rules",
    description: "About 36 evaluations of services failed in the last 6 minutes: its alerts may be missing.",
  },
  {
    alert: "PrometheusRuleFailures",
    severity: "critical",
    // A rule of the groups that are evaluated least often; at the edge it fails once.
    series: [
      series(
        "prometheus_rule_evaluation_failures_total",
        { ...prometheus, rule_group: "/etc/prometheus/rules/reports.yml;reports" },
        [0, every(120, { times: 1 }), every(120)],
      ),
    ],
    ...rare,
    labels: {
      instance: "prometheus:9090",
      rule_group: "/etc/prometheus/rules/reports.yml;reports",
      service: "prometheus",
    },
    summary: "Prometheus cannot evaluate rules",
    description: "About 3 evaluations of reports failed in the last 6 minutes: its alerts may be missing.",
  },
  {
    alert: "PrometheusErrorSendingAlerts",
    severity: "critical",
    series: [
      series(
        "prometheus_notifications_errors_total",
        { ...prometheus, alertmanager: "http://a" },
        [0, 0.009, 0.015],
      ),
      series("prometheus_notifications_sent_total", { ...prometheus, alertmanager: "http://a" }, [1, 1, 1]),
    ],
    labels: { instance: "prometheus:9090", alertmanager: "http://a", service: "prometheus" },
    summary: "Prometheus cannot send alerts",
    description: "1.5% of the alerts of the last 5 minutes did not reach http://a; at most 1% may be lost.",
  },
  {
    alert: "PrometheusErrorSendingAlerts",
    severity: "critical",
    // The Watchdog alone is sent; at the edge it does not arrive once.
    series: [
      series("prometheus_notifications_errors_total", { ...prometheus, alertmanager: "http://a" }, [
        0,
        every(75, { times: 1 }),
        every(75),
      ]),
      series("prometheus_notifications_sent_total", { ...prometheus, alertmanager: "http://a" }, [
        every(75),
        every(75),
        every(75),
      ]),
    ],
    ...rare,
    labels: { instance: "prometheus:9090", alertmanager: "http://a", service: "prometheus" },
    summary: "Prometheus cannot send alerts",
    description: "100% of the alerts of the last 5 minutes did not reach http://a; at most 1% may be lost.",
  },
  {
    alert: "AlertmanagerConfigReloadFailed",
    severity: "warning",
    series: [series("alertmanager_config_last_reload_successful", alertmanager, [1, 1, 0])],
    labels: ofAlertmanager,
    summary: "Alertmanager did not take its configuration",
    description: "The last reload failed: alertmanager:9093 goes on with the configuration from before.",
  },
  {
    alert: "AlertmanagerInvalidAlerts",
    severity: "warning",
    // An alert that goes on is sent again every 75 seconds.
    series: [
      series("alertmanager_alerts_invalid_total", { ...alertmanager, version: "v2" }, [
        0,
        every(600, { times: 1 }),
        every(75),
      ]),
    ],
    ...rare,
    labels: { instance: "alertmanager:9093", service: "alertmanager" },
    summary: "Alertmanager refuses alerts",
    description: "About 4 alerts of the last 5 minutes were not valid: nobody is told of these.",
  },
  {
    alert: "AlertmanagerFailedNotifications",
    severity: "critical",
    series: [
      series(
        "alertmanager_notifications_failed_total",
        { ...alertmanager, integration: "slack", reason: "serverError" },
        [0, 0.009, 0.015],
      ),
      series("alertmanager_notifications_total", { ...alertmanager, integration: "slack" }, [1, 1, 1]),
    ],
    labels: { instance: "alertmanager:9093", integration: "slack", service: "alertmanager" },
    summary: "Notifications by slack fail",
    description: "1.5% of the notifications by slack of the last 15 minutes failed; at most 1% may.",
  },
  {
    alert: "AlertmanagerFailedNotifications",
    severity: "critical",
    // A receiver of warnings alone.
    series: refusals([0, 0, every(300)]),
    ...rare,
    labels: { instance: "alertmanager:9093", integration: "slack", service: "alertmanager" },
    summary: "Notifications by slack fail",
    description: "100% of the notifications by slack of the last 15 minutes failed; at most 1% may.",
  },
];
