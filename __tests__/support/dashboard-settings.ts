import { burnAlertsOver } from "../../alerts/burn-alerts";
import type { DashboardSettings } from "../../dashboards";
import { thresholdsSchema } from "../../environments/schema/thresholds";
import { serviceNames } from "../../metrics/targets";

/** What dashboards take from an environment that says nothing of its own, with what a test changes. */
export function dashboardSettings(changes: Partial<DashboardSettings> = {}): DashboardSettings {
  return {
    services: serviceNames,
    timezone: "utc",
    refresh: "30s",
    thresholds: thresholdsSchema.parse({}),
    burnAlerts: burnAlertsOver(30),
    ...changes,
  };
}
