import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { refusingProblems } from "../metrics/problems";
import { remembered } from "../metrics/remembered";
import { businessMetrics } from "./business-metrics";
import { containerMetrics } from "./container-metrics";
import { infrastructureOverview } from "./infrastructure-overview";
import { monitoring } from "./monitoring";
import { objectives } from "./objectives";
import { serviceHealth } from "./service-health";
import type { DashboardSettings } from "./settings";

/** All dashboards by the audience that they are for: a folder of Grafana's each. */
export const dashboardsByAudience = {
  platform: [infrastructureOverview, containerMetrics, monitoring],
  services: [serviceHealth, objectives],
  business: [businessMetrics],
} as const satisfies Readonly<Record<string, readonly ((settings: DashboardSettings) => Dashboard)[]>>;

/** Name of an audience. */
export type Audience = keyof typeof dashboardsByAudience;

/**
 * All dashboards of an environment, by audience.
 * @throws DefinitionError when one of them, its panels or expressions is not as its type says
 */
export function dashboardsOf(settings: DashboardSettings): Readonly<Record<Audience, readonly Dashboard[]>> {
  return refusingProblems(() => made(settings));
}

const made = remembered(
  (settings: DashboardSettings) => {
    const all = Object.entries(dashboardsByAudience).map(
      ([audience, makers]) => [audience, makers.map((make) => make(settings))] as const,
    );
    return Object.fromEntries(all) as unknown as Readonly<Record<Audience, readonly Dashboard[]>>;
  },
  ["services", "timezone", "refresh", "thresholds", "burnAlerts"],
);

export type { DashboardSettings };
