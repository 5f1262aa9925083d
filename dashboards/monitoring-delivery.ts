import {
  and,
  gt,
  increase,
  matches,
  max,
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
import { alertmanager, range } from "./monitoring-queries";
import { colors } from "./palette";
import { timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";

const prometheus = { job: "prometheus", instance: matches(".+") } as const;
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
        title: "Alerts in Alertmanager",
        description:
          "Alerts that Alertmanager knows, by what it does with them: told, silenced, or not looked at yet.",
        unit: "none",
        span: 8,
        stacked: true,
        queries: { "{{state}}": max(select("alertmanager_alerts", alertmanager), { by: ["state"] }) },
      }),
      timeseriesPanel({
        title: "Silences",
        description: "Silences that hold now, and those that will: what they match is told to nobody.",
        unit: "none",
        span: 8,
        queries: {
          active: max(select("alertmanager_silences", { ...alertmanager, state: "active" })),
          pending: max(select("alertmanager_silences", { ...alertmanager, state: "pending" })),
        },
      }),
      timeseriesPanel({
        title: "Waiting alerts",
        description:
          "Alerts that wait to be sent to Alertmanager, and how many may wait before some are dropped.",
        unit: "none",
        span: 8,
        queries: {
          waiting: sum(select("prometheus_notifications_queue_length", prometheus)),
          "may wait": sum(select("prometheus_notifications_queue_capacity", prometheus)),
        },
      }),
    ],
  };
}
