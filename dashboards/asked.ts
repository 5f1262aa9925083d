import type { Dashboard, Panel, PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Query } from "../metrics/promql";
import type { Row } from "./dashboard";
import type { Variable } from "./variables";

/** A query of a dashboard, before it is text. */
export interface Asked {
  /** Title of the panel; of none for the choices that a reader has, and for the marks of alerts. */
  readonly panel?: string;
  readonly query: Query;
}

/** A panel with what it asks, by the name of its target. */
export interface BuiltPanel {
  readonly panel: Panel;
  readonly queries: ReadonlyMap<string, Query>;
}

/** What a dashboard is put together from. */
export interface Parts {
  readonly rows: readonly (Omit<Row, "panels"> & { readonly panels: readonly BuiltPanel[] })[];
  readonly variables: readonly Variable[];
  /** The alerts that are marked on its graphs. */
  readonly marks: Query;
}

const byPanel = new WeakMap<PanelBuilder, Map<string, Query>>();
const byDashboard = new WeakMap<Dashboard, Parts>();

/** Notes what a target of a panel asks. */
export function noteQuery(panel: PanelBuilder, refId: string, query: Query): void {
  byPanel.set(panel, (byPanel.get(panel) ?? new Map<string, Query>()).set(refId, query));
}

/** What a panel asks, by the name of its target. */
export function queriesOf(panel: PanelBuilder): ReadonlyMap<string, Query> {
  return byPanel.get(panel) ?? new Map<string, Query>();
}

/** Notes what a dashboard is put together from. */
export function noted(dashboard: Dashboard, parts: Parts): Dashboard {
  byDashboard.set(dashboard, parts);
  return dashboard;
}

/** What a dashboard that was made here is put together from; undefined for any other. */
export function partsOf(dashboard: Dashboard): Parts | undefined {
  return byDashboard.get(dashboard);
}

/** What a dashboard that was made here asks. */
export function askedBy(dashboard: Dashboard): readonly Asked[] {
  const parts = partsOf(dashboard);
  if (parts === undefined) return [];
  const ofPanels = parts.rows.flatMap(({ panels }) =>
    panels.flatMap(({ panel, queries }) =>
      [...queries.values()].map((query) => ({ panel: panel.title ?? "", query })),
    ),
  );
  const choices = parts.variables.flatMap(({ series }) => (series === undefined ? [] : [{ query: series }]));
  return [...ofPanels, ...choices, { query: parts.marks }];
}
