import { anyOf, gte, max, maxOverTime, select, unless, type Duration } from "../../metrics/promql";
import { type OwnPages, type RememberedFault, rememberedFaults } from "../routing/page-once";
import type { AlertRule, DashboardUid } from "../rule";

/** The longest range of a slow alert, 30 minutes of rates that look back 5 themselves. */
export const slowAlertsLookBack: Duration = "35m";

/** A slow alert that has fired for so long is told: its group has not waited longer. */
const toldAfter: Duration = "30s";

const perService = { by: ["service"] } as const;
const firing = { alertstate: "firing" } as const;

/**
 * Alerts for Alertmanager, which tells nobody of them: while one fires, a service's alerts that look back further are
 * not told. One of these that was told first keeps it away: Alertmanager does not tell the end of an alert that is
 * silenced.
 * @param isThere whether the environment has an alert of that name
 */
export function recentFaultAlerts(
  own: OwnPages,
  isThere: (alert: string) => boolean,
): AlertRule<DashboardUid>[] {
  return rememberedFaults(own, isThere).map(recentFaultAlert);
}

function recentFaultAlert({ alert, told, silences }: RememberedFault): AlertRule<DashboardUid> {
  const critical = { ...firing, severity: "critical" } as const;
  const paged = select("ALERTS", { ...critical, alertname: anyOf(...told) });
  const later = select("ALERTS", { ...critical, alertname: anyOf(...silences) });
  const itself = select("ALERTS", { ...firing, alertname: alert });
  const toldBefore = unless(max(later.offset(toldAfter), perService), max(itself, perService));
  return {
    alert,
    severity: "none",
    expr: gte(unless(max(maxOverTime(paged, slowAlertsLookBack), perService), toldBefore), 1),
    summary: "{{ $labels.service }} has or had a fault that was told",
    description:
      `A critical alert of {{ $labels.service }} fires, or has within ${slowAlertsLookBack}: what looks back as far ` +
      `sees the same fault, and is not told: ${silences.join(", ")}.`,
    dashboard: { uid: "service-health", variables: { service: "service" } },
  };
}
