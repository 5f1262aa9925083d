import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Thresholds } from "../alerts/thresholds";
import type { Row } from "./dashboard";
import type { Colors } from "./palette";
import type { DashboardSettings } from "./settings";

/** Makes a dashboard of an environment, with what a system adds to it. */
export type DashboardMaker<T extends Thresholds = Thresholds> = (
  settings: DashboardSettings<T>,
  own: OwnDashboards<T>,
) => Dashboard;

/** A folder of Grafana's for an audience, with what makes its dashboards. */
export interface OwnFolder<T extends Thresholds = Thresholds> {
  /** What people read. */
  readonly title: string;
  readonly dashboards: readonly DashboardMaker<T>[];
}

/** Dashboards of a system's own. `T` are the thresholds of its environments. */
export interface OwnDashboards<T extends Thresholds = Thresholds> {
  /** Their titles by uid, in the order of the links to them. */
  readonly titles: Readonly<Record<string, string>>;
  /** Their folders by uid. */
  readonly folders: Readonly<Record<string, OwnFolder<T>>>;
  /**
   * Rows of Service Health, after those of all services.
   * @param colors of the services by name
   */
  readonly serviceRows: (settings: DashboardSettings<T>, colors: Colors) => readonly Row[];
}

/** Of a system without dashboards of its own. */
export const noOwnDashboards: OwnDashboards = { titles: {}, folders: {}, serviceRows: () => [] };
