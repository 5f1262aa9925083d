import { anyOf, gte, max, maxOverTime, select, unless, type Duration } from "../../metrics/promql";
import { promptAlerts, recentServiceFault, slowAlerts } from "../routing/page-once";
import type { AlertRule } from "../rule";

/** The longest range of a slow alert, 30 minutes of rates that look back 5 themselves. */
export const slowAlertsLookBack: Duration = "35m";

/** A slow alert that has fired for so long is told: its group has not waited longer. */
const toldAfter: Duration = "30s";

const perService = { by: ["service"] } as const;
const firing = { alertstate: "firing" } as const;

/**
 * An alert for Alertmanager, which tells nobody of it: while it fires, a service's slow alerts are not told. A slow one
 * that was told first keeps it away: Alertmanager does not tell the end of an alert that is silenced.
 */
export function recentServiceFaultAlert(): AlertRule {
  const paged = select("ALERTS", { ...firing, alertname: anyOf(...promptAlerts), severity: "critical" });
  const slow = select("ALERTS", { ...firing, alertname: anyOf(...slowAlerts), severity: "critical" });
  const itself = select("ALERTS", { ...firing, alertname: recentServiceFault });
  const toldBefore = unless(max(slow.offset(toldAfter), perService), max(itself, perService));
  return {
    alert: recentServiceFault,
    severity: "none",
    expr: gte(unless(max(maxOverTime(paged, slowAlertsLookBack), perService), toldBefore), 1),
    summary: "{{ $labels.service }} has or had a fault that was told",
    description:
      `A critical alert of {{ $labels.service }} fires, or has within ${slowAlertsLookBack}: what looks back as far ` +
      "sees the same fault, and is not told.",
    dashboard: { uid: "service-health", variables: { service: "service" } },
  };
}
