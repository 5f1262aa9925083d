import type { DashboardLink, Panel, PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Feed } from "../metrics/feed";
import type { Query } from "../metrics/promql";
import type { DashboardFolder } from "./index";
import type { Row } from "./dashboard";

/** What each panel asks, by the name of its target. */
const asked = new WeakMap<PanelBuilder, Map<string, Query>>();

/** Notes what a target of a panel asks. */
export function noteQuery(panel: PanelBuilder, refId: string, query: Query): void {
  asked.set(panel, (asked.get(panel) ?? new Map<string, Query>()).set(refId, query));
}

/** A row whose panels are built. */
export interface BuiltRow extends Omit<Row, "panels"> {
  readonly panels: readonly Panel[];
}

/** The rows with their panels, without targets that nobody feeds, and without panels and rows that would be empty then. */
export function fedRows(rows: readonly Row[], feed: Feed): readonly BuiltRow[] {
  return rows
    .map((row) => ({ ...row, panels: row.panels.flatMap((panel) => fedPanel(panel, feed)) }))
    .filter(({ panels }) => panels.length > 0);
}

function fedPanel(builder: PanelBuilder, feed: Feed): Panel[] {
  const panel = builder.build();
  const queries = [...(asked.get(builder) ?? [])];
  const unfed = queries.filter(([, { node }]) => !feed.canGive(node)).map(([refId]) => refId);
  if (unfed.length === 0) return [panel];
  if (unfed.length === queries.length) return [];
  const { targets = [], fieldConfig } = panel;
  const isFed = (refId: unknown) => !unfed.includes(String(refId));
  return [
    {
      ...panel,
      targets: targets.filter((target) => isFed((target as { readonly refId?: string }).refId)),
      ...(fieldConfig && {
        fieldConfig: {
          ...fieldConfig,
          overrides: fieldConfig.overrides.filter(
            ({ matcher }) => matcher.id !== "byFrameRefID" || isFed(matcher.options),
          ),
        },
      }),
    },
  ];
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
    dashboards: folder.dashboards.map((dashboard) => ({
      ...dashboard,
      links: dashboard.links?.filter(isThere),
    })),
  }));
}
