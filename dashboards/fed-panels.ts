import type { Dashboard, DashboardLink } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Feed } from "../metrics/feed";
import { composed } from "./arrangement";
import { type AnyQuery, type BuiltPanel, noted, type Parts, partsOf } from "./asked";
import type { DashboardFolder } from "./index";
import { LogQuery } from "./logql";
import { needsOfLines } from "./variables";

/**
 * The folders without what nobody feeds: targets, and the panels, rows, dashboards and folders that would be empty then.
 * Each dashboard is linked to the others that are left.
 */
export function fedFolders(folders: readonly DashboardFolder[], feed: Feed): readonly DashboardFolder[] {
  const shown = folders
    .map((folder) => ({
      ...folder,
      dashboards: folder.dashboards
        .map((dashboard) => fedDashboard(dashboard, feed))
        .filter(({ panels = [] }) => panels.length > 0),
    }))
    .filter(({ dashboards }) => dashboards.length > 0);
  const uids = new Set(shown.flatMap(({ dashboards }) => dashboards.map(({ uid }) => uid)));
  const isThere = ({ url = "" }: DashboardLink) => uids.has(/^\/d\/([^?]+)/.exec(url)?.[1]);
  return shown.map((folder) => ({
    ...folder,
    dashboards: folder.dashboards.map((dashboard) => {
      const parts = partsOf(dashboard);
      const { links = [] } = dashboard;
      if (parts === undefined || links.every(isThere)) return dashboard;
      return noted({ ...dashboard, links: links.filter(isThere) }, parts);
    }),
  }));
}

/** The same dashboard where all of it is fed. */
function fedDashboard(dashboard: Dashboard, feed: Feed): Dashboard {
  const parts = partsOf(dashboard);
  if (parts === undefined) return dashboard;
  const rows = parts.rows
    .map((row) => ({ ...row, panels: row.panels.flatMap((panel) => fedPanel(panel, feed)) }))
    .filter(({ panels }) => panels.length > 0);
  const variables = parts.variables.filter(
    ({ series, needs = [] }) => feed.meets(needs) && (series === undefined || feed.canGive(series.node)),
  );
  return isSame(parts, { ...parts, rows, variables })
    ? dashboard
    : composed(dashboard, { ...parts, rows, variables });
}

function isSame(one: Parts, other: Parts): boolean {
  const all = ({ rows, variables }: Parts) => [...variables, ...rows.flatMap(({ panels }) => panels)];
  const others = all(other);
  return all(one).length === others.length && all(one).every((part, index) => part === others[index]);
}

function fedPanel(built: BuiltPanel, feed: Feed): BuiltPanel[] {
  const { panel, queries } = built;
  const fed = new Map([...queries].filter(([, query]) => canShow(query, feed)));
  if (fed.size === queries.size) return [built];
  if (fed.size === 0) return [];
  const { targets = [], fieldConfig } = panel;
  const isFed = (refId: unknown) => fed.has(String(refId));
  const left = targets.filter((target) => isFed((target as { readonly refId?: string }).refId));
  const overrides = fieldConfig?.overrides.filter(
    ({ matcher }) => matcher.id !== "byFrameRefID" || isFed(matcher.options),
  );
  const config = fieldConfig && { ...fieldConfig, overrides: overrides ?? [] };
  return [{ panel: { ...panel, targets: left, ...(config && { fieldConfig: config }) }, queries: fed }];
}

function canShow(query: AnyQuery, feed: Feed): boolean {
  return query instanceof LogQuery ? feed.meets(needsOfLines) : feed.canGive(query.node);
}
