import type { Dashboard, PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Query } from "../metrics/promql";

/** A query of a dashboard, before it is text. */
export interface Asked {
  /** Title of the panel; of none for the choices that a reader has, and for the marks of alerts. */
  readonly panel?: string;
  readonly query: Query;
}

const byPanel = new WeakMap<PanelBuilder, Map<string, Query>>();
const byDashboard = new WeakMap<Dashboard, readonly Asked[]>();

/** Notes what a target of a panel asks. */
export function noteQuery(panel: PanelBuilder, refId: string, query: Query): void {
  byPanel.set(panel, (byPanel.get(panel) ?? new Map<string, Query>()).set(refId, query));
}

/** What a panel asks, by the name of its target. */
export function queriesOf(panel: PanelBuilder): ReadonlyMap<string, Query> {
  return byPanel.get(panel) ?? new Map<string, Query>();
}

/** Notes what a dashboard asks. */
export function noted(dashboard: Dashboard, asked: readonly Asked[]): Dashboard {
  byDashboard.set(dashboard, asked);
  return dashboard;
}

/** What a dashboard that was made here asks. */
export function askedBy(dashboard: Dashboard): readonly Asked[] {
  return byDashboard.get(dashboard) ?? [];
}
