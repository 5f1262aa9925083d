import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { burnAlertsOver } from "../alerts/burn-alerts";
import { pagesOf } from "../alerts/own-alerts";
import { dashboardFolders } from "../dashboards";
import { thresholdsSchemaOf } from "../alerts/thresholds";
import { servicesOf } from "../metrics/catalogue";
import { system } from "../shop";
import { settings } from "../shop/settings";

/** What dashboards take from an environment that says nothing of its own, and has all that can be watched. */
export const defaultDashboardSettings = {
  catalogue: system.catalogue,
  services: servicesOf(system.catalogue),
  publicServices: servicesOf(system.catalogue).slice(0, 1),
  timezone: "utc",
  refresh: "30s",
  thresholds: thresholdsSchemaOf(settings.thresholds).parse({}),
  burnAlerts: burnAlertsOver(30),
  ownBurns: pagesOf(system.alerts).burns,
} as const;

/** What a summary reads of a panel, or of a row, which may hold panels. */
interface Panel {
  readonly type: string;
  readonly title?: string;
  readonly fieldConfig?: { readonly defaults?: { readonly unit?: string } };
  readonly targets?: readonly { readonly legendFormat?: string; readonly expr?: string }[];
  readonly panels?: readonly Panel[];
}

/** What each dashboard shows, to be read in a review, by the file's name: its panels with their units and queries. */
export function dashboardSummaries(): ReadonlyMap<string, string> {
  const made = dashboardFolders(defaultDashboardSettings, system.dashboards)
    .flatMap(({ dashboards }) => dashboards)
    .map((dashboard) => JSON.parse(JSON.stringify(dashboard)) as Dashboard);
  return new Map(made.map(({ uid = "", panels = [] }) => [`${uid}.txt`, summaryOf(panels as Panel[])]));
}

function summaryOf(panels: readonly Panel[]): string {
  return `${panels.flatMap((panel) => linesOf(panel, "")).join("\n")}\n`;
}

function linesOf(
  { type, title = "", fieldConfig, targets = [], panels = [] }: Panel,
  indent: string,
): string[] {
  if (type === "row") return [`# ${title}`, ...panels.flatMap((panel) => linesOf(panel, "  "))];
  return [
    `${indent}${title} (${type}, ${fieldConfig?.defaults?.unit ?? "no unit"})`,
    ...targets.map(({ legendFormat = "", expr = "" }) => `${indent}    ${legendFormat}: ${expr}`),
  ];
}
