import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { dashboardsOf, type Audience } from "../dashboards";
import type { Environment } from "../environments";
import { dashboardSettingsOf } from "./dashboard-settings";

/** A folder of Grafana's with its dashboards. */
export interface DashboardFolderContent {
  /** The audience that it is for, which is its uid too. */
  readonly uid: Audience;
  /** What people read. */
  readonly title: string;
  readonly dashboards: readonly Dashboard[];
}

const titles: Readonly<Record<Audience, string>> = {
  platform: "Platform",
  services: "Services",
  business: "Business",
};

/**
 * The folders of an environment, one for each audience.
 * @throws DefinitionError when a dashboard, its panels or expressions is not as its type says
 */
export function dashboardFoldersOf(environment: Environment): readonly DashboardFolderContent[] {
  const dashboards = dashboardsOf(dashboardSettingsOf(environment));
  return (Object.keys(titles) as Audience[]).map((uid) => ({
    uid,
    title: titles[uid],
    dashboards: dashboards[uid],
  }));
}
