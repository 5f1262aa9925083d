import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { standardFolders, type DashboardSettings } from "../../dashboards";
import type { OwnDashboards } from "../../dashboards/own-dashboards";
import { defaultDashboardSettings } from "../../review/dashboard-summaries";
import { system } from "./system";

/** Settings for the dashboards of the system of the tests. */
export type TestDashboardSettings = DashboardSettings<(typeof defaultDashboardSettings)["thresholds"]>;

/** What dashboards take from an environment that says nothing of its own, with what a test changes. */
export function dashboardSettings(changes: Partial<TestDashboardSettings> = {}): TestDashboardSettings {
  return { ...defaultDashboardSettings, ownTitles: system.dashboards.titles, ...changes };
}

const { dashboards: own } = system;

/** What makes the dashboards of the system of the tests, of each once. */
export const dashboardMakers: readonly ((settings: TestDashboardSettings) => Dashboard)[] = [
  ...Object.values(standardFolders).flatMap(({ dashboards }) =>
    dashboards.map((make) => (settings: TestDashboardSettings) => make(settings, own as OwnDashboards)),
  ),
  ...Object.values(own.folders).flatMap(({ dashboards }) =>
    dashboards.map((make) => (settings: TestDashboardSettings) => make(settings, own)),
  ),
];
