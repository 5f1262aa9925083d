import type { DashboardSettings } from "../../dashboards";
import { defaultDashboardSettings } from "../../review/dashboard-summaries";

/** What dashboards take from an environment that says nothing of its own, with what a test changes. */
export function dashboardSettings(changes: Partial<DashboardSettings> = {}): DashboardSettings {
  return { ...defaultDashboardSettings, ...changes };
}
