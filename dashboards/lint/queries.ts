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
  /** Labels whose values a variable offers; none where a variable of its own names them. */
  readonly offers: readonly string[];
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

/** What a variable offers of all that a Prometheus has: the values of a label, or names of series. */
export interface VariableChoice {
  readonly variable: string;
  readonly of: "label" | "names";
  /** The label, or the regular expression of the names. */
  readonly text: string;
}

/** The PromQL within a variable's `label_values(…)` or `query_result(…)`. */
export function queriesOfVariable(variable: VariableJson, types: DataSourceTypes): DashboardQuery[] {
  const { name, regex } = variable;
  const text = queryOfVariable(variable, types);
  const what = { source: `variable ${name}`, ofVariable: true };
  const [, values, label] = /^\s*label_values\s*\((.+),\s*([\w$:{}[\]]+)\s*\)\s*$/s.exec(text) ?? [];
  if (values !== undefined) {
    return queryOf({ ...what, offers: /^\w+$/.test(label ?? "") ? [label ?? ""] : [] }, values);
  }
  // Its expression takes values out of texts such as `parcels_total{centre="north"}`.
  const taken = [...(regex ?? "").matchAll(/(\w+)=\\?"/g)].map(([, each]) => each ?? "");
  return queryOf({ ...what, offers: taken }, /^\s*query_result\s*\((.+)\)\s*$/s.exec(text)?.[1]);
}

/** What a variable offers by `label_values(label)` or `metrics(regular expression)`. */
export function choicesOfVariable(variable: VariableJson, types: DataSourceTypes): VariableChoice[] {
  const text = queryOfVariable(variable, types);
  const label = /^\s*label_values\s*\(\s*(\w+)\s*\)\s*$/.exec(text)?.[1];
  if (label !== undefined) return [{ variable: variable.name, of: "label", text: label }];
  const names = /^\s*metrics\s*\(\s*(.+?)\s*\)\s*$/s.exec(text)?.[1];
  return names === undefined ? [] : [{ variable: variable.name, of: "names", text: names }];
}

/** What a variable asks a Prometheus, "" for nothing. */
function queryOfVariable({ type, query, datasource }: VariableJson, types: DataSourceTypes): string {
  if (type !== "query" || !types.isPrometheus(datasource)) return "";
  return (typeof query === "string" ? query : query?.query) ?? "";
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
  return [{ panel: undefined, ofVariable: false, offers: [], legend: "", ...what, promql: new PromQl(expr) }];
}
