import { type ExporterJob, monitoringJobs } from "../../metrics/exporters";
import { anyOf, eq, gt, increase, rate, ratio, select, sum, vector } from "../../metrics/promql";
import { evaluationRange, notificationRange, sendingRange } from "../rare-events";
import type { AlertRule, DashboardUid, RuleSettings } from "../rule";
import { percent, timeInWords } from "../text";
import { type OwnThresholds, share, threshold } from "../threshold";

/** What the alerts of Prometheus and Alertmanager compare with. */
export const monitoringThresholds = {
  notificationFailures: threshold("notifications that failed", "ratio", 0.01, share),
} as const satisfies OwnThresholds;

const dashboard = { uid: "monitoring" } as const;
const prometheus = { labels: { service: "prometheus" }, dashboard } as const;
const alertmanager = { labels: { service: "alertmanager" }, dashboard } as const;

/** What runs beside a machine's node-exporter: that one tells whether the machine is there, by HostDown. */
const programs = monitoringJobs.filter((job) => job !== "node-exporter") as [ExporterJob, ...ExporterJob[]];

/** Alerts of the monitoring itself: nobody else would tell that it fails. */
export function monitoringAlerts(settings: RuleSettings): AlertRule<DashboardUid>[] {
  return [
    {
      alert: "MonitoringTargetDown",
      severity: "warning",
      expr: eq(select("up", { job: anyOf(...programs) }), 0),
      for: "2m",
      labels: { service: "{{ $labels.job }}" },
      summary: "{{ $labels.job }} is down",
      description: "{{ $labels.job }} at {{ $labels.instance }} has not answered a scrape for two minutes.",
      dashboard,
    },
    ...prometheusAlerts(settings),
    ...alertmanagerAlerts(settings),
  ];
}

/** The alert that always fires: a heartbeat whose silence says that alerts do not arrive. */
export function watchdog(): AlertRule<DashboardUid> {
  return {
    alert: "Watchdog",
    severity: "none",
    expr: vector(1),
    summary: "Alerts arrive",
    description: "This alert always fires. Where it stops, no other alert arrives either.",
    ...prometheus,
  };
}

function prometheusAlerts(settings: RuleSettings): AlertRule<DashboardUid>[] {
  const limits = settings.thresholds;
  const [evaluations, sendings] = [evaluationRange(settings), sendingRange(settings)];
  const perAlertmanager = { by: ["instance", "alertmanager"] } as const;
  return [
    {
      alert: "PrometheusConfigReloadFailed",
      severity: "warning",
      needs: ["reloaded-configuration"],
      expr: eq(select("prometheus_config_last_reload_successful"), 0),
      for: "5m",
      summary: "Prometheus did not take its configuration",
      description:
        "The last reload failed: {{ $labels.instance }} goes on with the configuration from before.",
      ...prometheus,
    },
    {
      alert: "PrometheusRuleFailures",
      severity: "critical",
      expr: gt(
        sum(increase(select("prometheus_rule_evaluation_failures_total"), evaluations), {
          by: ["instance", "rule_group"],
        }),
        0,
      ),
      // As long as the range: a single one that failed is no alert.
      for: evaluations,
      summary: "Prometheus cannot evaluate rules",
      description:
        'About {{ $value | printf "%.0f" }} evaluations of {{ reReplaceAll ".*;" "" $labels.rule_group }} failed in the last ' +
        `${timeInWords(evaluations)}: its alerts may be missing.`,
      ...prometheus,
    },
    {
      alert: "PrometheusErrorSendingAlerts",
      severity: "critical",
      needs: ["second-alertmanager"],
      expr: gt(
        ratio(
          sum(rate(select("prometheus_notifications_errors_total"), sendings), perAlertmanager),
          sum(rate(select("prometheus_notifications_sent_total"), sendings), perAlertmanager),
        ),
        limits.notificationFailures,
      ),
      // As long as the range: a single time is no alert.
      for: sendings,
      keepFiringFor: "5m",
      summary: "Prometheus cannot send alerts",
      description:
        `{{ $value | humanizePercentage }} of the alerts of the last ${timeInWords(sendings)} did not reach ` +
        `{{ $labels.alertmanager }}; at most ${percent(limits.notificationFailures)} may be lost.`,
      ...prometheus,
    },
  ];
}

function alertmanagerAlerts(settings: RuleSettings): AlertRule<DashboardUid>[] {
  const limits = settings.thresholds;
  const [notifications, sendings] = [notificationRange(settings), sendingRange(settings)];
  const perReceiver = { by: ["instance", "integration"] } as const;
  return [
    {
      alert: "AlertmanagerConfigReloadFailed",
      severity: "warning",
      needs: ["reloaded-configuration"],
      expr: eq(select("alertmanager_config_last_reload_successful"), 0),
      for: "5m",
      summary: "Alertmanager did not take its configuration",
      description:
        "The last reload failed: {{ $labels.instance }} goes on with the configuration from before.",
      ...alertmanager,
    },
    {
      alert: "AlertmanagerInvalidAlerts",
      severity: "warning",
      // The others that came with it were taken.
      expr: gt(sum(increase(select("alertmanager_alerts_invalid_total"), sendings), { by: ["instance"] }), 0),
      // As long as the range: one that is not sent again is none.
      for: sendings,
      summary: "Alertmanager refuses alerts",
      description:
        'About {{ $value | printf "%.0f" }} alerts of the last ' +
        `${timeInWords(sendings)} were not valid: nobody is told of these.`,
      ...alertmanager,
    },
    {
      alert: "AlertmanagerFailedNotifications",
      severity: "critical",
      expr: gt(
        ratio(
          sum(rate(select("alertmanager_notifications_failed_total"), notifications), perReceiver),
          sum(rate(select("alertmanager_notifications_total"), notifications), perReceiver),
        ),
        limits.notificationFailures,
      ),
      // A single one counts: Alertmanager tried until its group interval was over.
      for: "5m",
      summary: "Notifications by {{ $labels.integration }} fail",
      description:
        "{{ $value | humanizePercentage }} of the notifications by {{ $labels.integration }} of the last " +
        `${timeInWords(notifications)} failed; at most ${percent(limits.notificationFailures)} may.`,
      ...alertmanager,
    },
  ];
}
