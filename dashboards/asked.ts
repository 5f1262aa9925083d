import type { Dashboard, Panel, PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Query } from "../metrics/promql";
import type { Row } from "./dashboard";
import { LogQuery } from "./logql";
import type { Variable } from "./variables";

/** A query of a dashboard, before it is text. */
export interface Asked {
  /** Title of the panel; of none for the choices that a reader has, and for the marks of alerts. */
  readonly panel?: string;
  readonly query: Query;
}

/** A query for log lines, or for numbers made of them. */
export interface AskedLines {
  /** Title of the panel. */
  readonly panel: string;
  readonly query: LogQuery;
}

/** What a target of a panel may ask: Prometheus, or Loki. */
export type AnyQuery = Query | LogQuery;

/** What a panel asks, by the name of its target. */
export type QueriesByTarget = ReadonlyMap<string, AnyQuery>;

/** A panel with what it asks. */
export interface BuiltPanel {
  readonly panel: Panel;
  readonly queries: QueriesByTarget;
}

/** What a dashboard is put together from. */
export interface Parts {
  readonly rows: readonly (Omit<Row, "panels"> & { readonly panels: readonly BuiltPanel[] })[];
  readonly variables: readonly Variable[];
  /** The alerts that are marked on its graphs. */
  readonly marks: Query;
}

const byPanel = new WeakMap<PanelBuilder, Map<string, AnyQuery>>();
const byDashboard = new WeakMap<Dashboard, Parts>();

/** Notes what a target of a panel asks. */
export function noteQuery(panel: PanelBuilder, refId: string, query: AnyQuery): void {
  byPanel.set(panel, (byPanel.get(panel) ?? new Map<string, AnyQuery>()).set(refId, query));
}

/** What a panel asks, by the name of its target. */
export function queriesOf(panel: PanelBuilder): QueriesByTarget {
  return byPanel.get(panel) ?? new Map<string, AnyQuery>();
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

/** What a dashboard that was made here asks Prometheus. */
export function askedBy(dashboard: Dashboard): readonly Asked[] {
  const parts = partsOf(dashboard);
  if (parts === undefined) return [];
  const ofPanels = ofPanelsOf(parts).flatMap(({ panel, query }) =>
    query instanceof LogQuery ? [] : [{ panel, query }],
  );
  const choices = parts.variables.flatMap(({ series }) => (series === undefined ? [] : [{ query: series }]));
  return [...ofPanels, ...choices, { query: parts.marks }];
}

/** What a dashboard that was made here asks Loki. */
export function linesAskedBy(dashboard: Dashboard): readonly AskedLines[] {
  const parts = partsOf(dashboard);
  if (parts === undefined) return [];
  return ofPanelsOf(parts).flatMap(({ panel, query }) =>
    query instanceof LogQuery ? [{ panel, query }] : [],
  );
}

function ofPanelsOf({ rows }: Parts): readonly { readonly panel: string; readonly query: AnyQuery }[] {
  return rows.flatMap(({ panels }) =>
    panels.flatMap(({ panel, queries }) =>
      [...queries.values()].map((query) => ({ panel: panel.title ?? "", query })),
    ),
  );
}
