import { dashboardOf, type Dashboard } from "../../../dashboards/lint/dashboard";
import type { DashboardQuery } from "../../../dashboards/lint/queries";
import { variablesIn } from "../../../dashboards/lint/variables";
import type { VersionDashboard } from "../../version/version";
import type { ExpressionReader } from "./expression";
import { onceFor } from "./once-for";

/** What the panels, variables and annotations of a dashboard ask. */
export function dashboardReaders({ json }: Pick<VersionDashboard, "json">): readonly ExpressionReader[] {
  return readersOf(json);
}

const readersOf = onceFor((json: VersionDashboard["json"]) => {
  const dashboard = readDashboard(json);
  return readersIn(dashboard, dashboard.title, false);
});

/** A dashboard of a version as its checks see it. */
export const readDashboard = onceFor((json: VersionDashboard["json"]) => dashboardOf(json));

/**
 * What a dashboard asks.
 * @param place where it is: its title, or the file of one of others
 */
export function readersIn(
  dashboard: Dashboard,
  place: string,
  isForeign: boolean,
): readonly ExpressionReader[] {
  return dashboard.queries.map((query) => readerOf(query, place, isForeign));
}

function readerOf(query: DashboardQuery, place: string, isForeign: boolean): ExpressionReader {
  const { panel, source, ofVariable, offers, legend, promql } = query;
  const where = panel !== undefined ? "panel" : ofVariable ? "variable" : "annotation";
  const written = new Set(promql.selectors.map(({ name }) => name));
  const target = source.replace(/^target /, "");
  return {
    where: isForeign ? `foreign ${where}` : where,
    name: panel?.name ?? source.replace(/^\w+ /, ""),
    place: [place, ...(panel === undefined ? [] : [panel.name]), target].join(" › "),
    text: promql.source,
    expr: promql.expr,
    isAlert: false,
    isForeign,
    isWritten: (name) => written.has(name),
    isOpen: ({ value }) => variablesIn(value).length > 0,
    shownLabels: [...offers, ...[...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label]) => label ?? "")],
  };
}
