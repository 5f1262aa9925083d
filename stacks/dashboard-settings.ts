import { burnAlertsOver } from "../alerts/burn-alerts";
import type { DashboardSettings } from "../dashboards";
import type { Environment } from "../environments";

/** What the dashboards take of an environment. */
export function dashboardSettingsOf({ services, grafana, alerting }: Environment): DashboardSettings {
  return {
    services: services.map(({ name }) => name),
    timezone: grafana.timezone,
    refresh: grafana.refresh,
    thresholds: alerting.thresholds,
    burnAlerts: burnAlertsOver(alerting.objectives.windowDays),
  };
}
