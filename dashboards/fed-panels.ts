import type { DashboardLink, Panel, PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Feed } from "../metrics/feed";
import { type Asked, askedBy, noted, queriesOf } from "./asked";
import type { Row } from "./dashboard";
import type { DashboardFolder } from "./index";

/** A row whose panels are built. */
export interface BuiltRow extends Omit<Row, "panels"> {
  readonly panels: readonly Panel[];
  /** What these ask. */
  readonly asked: readonly Asked[];
}

/** The rows with their panels, without targets that nobody feeds, and without panels and rows that would be empty then. */
export function fedRows(rows: readonly Row[], feed: Feed): readonly BuiltRow[] {
  return rows
    .map((row) => {
      const fed = row.panels.flatMap((panel) => fedPanel(panel, feed));
      return { ...row, panels: fed.map(({ panel }) => panel), asked: fed.flatMap(({ asked }) => asked) };
    })
    .filter(({ panels }) => panels.length > 0);
}

function fedPanel(builder: PanelBuilder, feed: Feed): { panel: Panel; asked: Asked[] }[] {
  const panel = builder.build();
  const queries = [...queriesOf(builder)];
  const fed = new Map(queries.filter(([, { node }]) => feed.canGive(node)));
  const asked = [...fed.values()].map((query) => ({ panel: panel.title ?? "", query }));
  if (fed.size === queries.length) return [{ panel, asked }];
  if (fed.size === 0) return [];
  const { targets = [], fieldConfig } = panel;
  const isFed = (refId: unknown) => fed.has(String(refId));
  const left = targets.filter((target) => isFed((target as { readonly refId?: string }).refId));
  const overrides = fieldConfig?.overrides.filter(
    ({ matcher }) => matcher.id !== "byFrameRefID" || isFed(matcher.options),
  );
  const config = fieldConfig && { ...fieldConfig, overrides: overrides ?? [] };
  return [{ panel: { ...panel, targets: left, ...(config && { fieldConfig: config }) }, asked }];
}

/** The folders with the dashboards that show something, each linked to the others of these alone. */
export function withoutEmpty(folders: readonly DashboardFolder[]): readonly DashboardFolder[] {
  const shown = folders
    .map((folder) => ({
      ...folder,
      dashboards: folder.dashboards.filter(({ panels = [] }) => panels.length > 0),
    }))
    .filter(({ dashboards }) => dashboards.length > 0);
  const uids = new Set(shown.flatMap(({ dashboards }) => dashboards.map(({ uid }) => uid)));
  const isThere = ({ url = "" }: DashboardLink) => uids.has(/^\/d\/([^?]+)/.exec(url)?.[1]);
  return shown.map((folder) => ({
    ...folder,
    dashboards: folder.dashboards.map((dashboard) =>
      noted({ ...dashboard, links: dashboard.links?.filter(isThere) }, askedBy(dashboard)),
    ),
  }));
}
