import type { Panel } from "./dashboard";
import type { DataSourceTypes } from "./data-sources";
import { PromQl } from "./promql";
import type { AnnotationJson, VariableJson } from "./json-schema";

/** A PromQL query of a panel, a variable or an annotation. */
export interface DashboardQuery {
  /** The panel that asks; undefined for a variable or an annotation. */
  readonly panel: Panel | undefined;
  /** What asks: `target A`, `variable instance`. */
  readonly source: string;
  /** Whether it makes what the reader chooses from. */
  readonly ofVariable: boolean;
  /** Text with `{{label}}` for a label's value; empty where there is none. */
  readonly legend: string;
  readonly promql: PromQl;
}

/** The PromQL of a panel's targets. */
export function queriesOfPanel(panel: Panel, types: DataSourceTypes): DashboardQuery[] {
  return (panel.json.targets ?? [])
    .filter(({ datasource }) => types.asksPrometheus(datasource, panel.json.datasource))
    .flatMap(({ expr, refId, legendFormat }) =>
      queryOf({ panel, source: `target ${refId ?? ""}`, legend: legendFormat ?? "" }, expr),
    );
}

/** The PromQL within a variable's `label_values(…)` or `query_result(…)`. */
export function queriesOfVariable(
  { name, type, query, datasource }: VariableJson,
  types: DataSourceTypes,
): DashboardQuery[] {
  if (type !== "query" || !types.isPrometheus(datasource)) return [];
  const text = (typeof query === "string" ? query : query?.query) ?? "";
  const inner =
    /^\s*label_values\s*\((.+),\s*[\w$:{}[\]]+\s*\)\s*$/s.exec(text)?.[1] ??
    /^\s*query_result\s*\((.+)\)\s*$/s.exec(text)?.[1];
  return queryOf({ source: `variable ${name}`, ofVariable: true }, inner);
}

/** The PromQL of an annotation. */
export function queriesOfAnnotation(
  { name, datasource, expr, target }: AnnotationJson,
  types: DataSourceTypes,
): DashboardQuery[] {
  if (!types.isPrometheus(datasource)) return [];
  return queryOf({ source: `annotation ${name ?? ""}` }, expr?.trim() ? expr : target?.expr);
}

function queryOf(
  what: Pick<DashboardQuery, "source"> & Partial<DashboardQuery>,
  expr: string | null | undefined,
): DashboardQuery[] {
  if (!expr?.trim()) return [];
  return [{ panel: undefined, ofVariable: false, legend: "", ...what, promql: new PromQl(expr) }];
}
