import { burnAlertsOver } from "../alerts/burn-alerts";
import type { DashboardSettings } from "../dashboards";
import type { Environment } from "../environments";
import { pagesOf } from "../alerts/own-alerts";
import type { System } from "../shop";

type Settings = Omit<DashboardSettings<Environment["alerting"]["thresholds"]>, "ownTitles">;

/** What the dashboards take of an environment. */
export function dashboardSettingsOf(
  { services, grafana, alerting }: Environment,
  { catalogue, alerts }: System,
): Settings {
  return {
    catalogue,
    ownBurns: pagesOf(alerts).burns,
    services: services.map(({ name }) => name),
    timezone: grafana.timezone,
    refresh: grafana.refresh,
    thresholds: alerting.thresholds,
    burnAlerts: burnAlertsOver(alerting.objectives.windowDays),
  };
}
