import {
  and,
  gt,
  increase,
  matches,
  mul,
  or,
  rate,
  ratio,
  select,
  sum,
  type Duration,
  type GrafanaDuration,
} from "../metrics/promql";
import type { Row } from "./dashboard";
import { colors } from "./palette";
import { timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";

const range = "$__rate_interval";
const any = matches(".+");
const prometheus = { job: "prometheus", instance: any } as const;
const alertmanager = { job: "alertmanager", instance: any } as const;
const grafana = { job: "grafana", instance: any } as const;
const perIntegration = { by: ["integration"] } as const;

/** Notifications that were sent within a time, by kind of receiver. */
function notificationsOf(within: Duration | GrafanaDuration) {
  return sum(increase(select("alertmanager_notifications_total", alertmanager), within), perIntegration);
}

/** Share of the notifications that failed, by kind of receiver; none where nothing was sent. */
export function notificationFailures(over: Duration | GrafanaDuration) {
  const sent = notificationsOf(over);
  const failed = sum(
    increase(select("alertmanager_notifications_failed_total", alertmanager), over),
    perIntegration,
  );
  return ratio(or(failed, mul(sent, 0)), sent);
}

/** Whether alerts arrive: from Prometheus at Alertmanager, and from there at people. */
export function deliveryRow({ thresholds }: DashboardSettings): Row {
  const errors = sum(
    rate(
      select("grafana_http_request_duration_seconds_count", { ...grafana, status_code: matches("5..") }),
      range,
    ),
  );
  const requests = sum(rate(select("grafana_http_request_duration_seconds_count", grafana), range));
  return {
    title: "Alerts on their way",
    panels: [
      timeseriesPanel({
        title: "Alerts sent to Alertmanager",
        description: "Alerts per second that Prometheus sent, could not send, and dropped.",
        unit: "cps",
        span: 8,
        queries: {
          sent: sum(rate(select("prometheus_notifications_sent_total", prometheus), range)),
          failed: sum(rate(select("prometheus_notifications_errors_total", prometheus), range)),
          dropped: sum(rate(select("prometheus_notifications_dropped_total", prometheus), range)),
        },
        colors: { failed: colors.failed },
      }),
      timeseriesPanel({
        title: "Notifications sent",
        description:
          "Notifications that Alertmanager sent within the hour before, by kind of receiver, and those that failed.",
        unit: "none",
        span: 8,
        queries: {
          // Alertmanager counts for each kind that there is: those that were sent none in a day are of no use here.
          "{{integration}}": and(notificationsOf("1h"), gt(notificationsOf("1d"), 0)),
          failed: sum(increase(select("alertmanager_notifications_failed_total", alertmanager), "1h")),
        },
        colors: { failed: colors.failed },
      }),
      timeseriesPanel({
        title: "Failed share of notifications",
        description:
          "Share of the notifications within the hour before that failed. Dashed: its alert's threshold.",
        unit: "percentunit",
        span: 8,
        queries: { "{{integration}}": notificationFailures("1h") },
        limits: { critical: thresholds.notificationFailures },
        noValue: "None sent",
      }),
      timeseriesPanel({
        title: "Grafana errors",
        description:
          "Share of Grafana's own requests that it answered with 500 or above. Dashed: its alert's threshold.",
        unit: "percentunit",
        queries: { errors: ratio(or(errors, mul(requests, 0)), requests) },
        limits: { warning: thresholds.grafanaErrorRatio },
        colors: { errors: colors.failed },
      }),
      timeseriesPanel({
        title: "Waiting alerts",
        description:
          "Alerts that wait to be sent to Alertmanager, and how many may wait before some are dropped.",
        unit: "none",
        queries: {
          waiting: sum(select("prometheus_notifications_queue_length", prometheus)),
          "may wait": sum(select("prometheus_notifications_queue_capacity", prometheus)),
        },
      }),
    ],
  };
}
