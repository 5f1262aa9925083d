import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
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

export type { DashboardSettings };
