import { CommandError } from "../cli";
import { PromQl } from "./promql";
import { dashboardSchema, type DataSourceJson, type PanelJson, type VariableJson } from "./schema";

/** A panel, wherever in the dashboard it is. */
export interface Panel {
  /** Its title, or what else tells it from others. */
  readonly name: string;
  readonly json: PanelJson;
  /** The folded row that holds it; undefined for one that stands by itself. */
  readonly row: string | undefined;
}

/** A PromQL query of a panel, a variable or an annotation. */
export interface DashboardQuery {
  /** The panel that asks; undefined for a variable or an annotation. */
  readonly panel: Panel | undefined;
  /** What asks: `target A`, `variable instance`. */
  readonly source: string;
  /** Text with `{{label}}` for a label's value; empty where there is none. */
  readonly legend: string;
  readonly promql: PromQl;
}

/** A use of a data source. */
export interface DataSourceUse {
  readonly panel: Panel | undefined;
  readonly source: string;
  readonly dataSource: DataSourceJson;
}

/** A dashboard as the rules read it. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly editable: boolean | undefined;
  /** All panels, those in folded rows included, and the rows themselves. */
  readonly panels: readonly Panel[];
  readonly variables: readonly VariableJson[];
  readonly queries: readonly DashboardQuery[];
  readonly dataSources: readonly DataSourceUse[];
}

/** Panels that show no data of their own. */
const withoutData: ReadonlySet<string> = new Set([
  "row",
  "text",
  "alertlist",
  "annolist",
  "dashlist",
  "news",
  "welcome",
  "gettingstarted",
]);

/** Whether a panel asks for data: rows, texts and Grafana's own lists do not. */
export function showsData({ json }: Panel): boolean {
  return !withoutData.has(json.type) && (json.libraryPanel === undefined || json.libraryPanel === null);
}

/**
 * A dashboard from its JSON: as Grafana exports it, as its API answers (`{ dashboard }`), as Terraform is given it.
 * @throws CommandError when it is no JSON or no dashboard in the classic schema.
 */
export function readDashboard(text: string): Dashboard {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new CommandError(`is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return dashboardOf(json);
}

/**
 * A dashboard from its parsed JSON.
 * @throws CommandError when it is no dashboard in the classic schema.
 */
export function dashboardOf(json: unknown): Dashboard {
  const parsed = dashboardSchema.safeParse(classic(json));
  if (!parsed.success) {
    const issues = parsed.error.issues
      .slice(0, 5)
      .map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new CommandError(`is no dashboard in Grafana's classic schema: ${issues.join("; ")}`);
  }
  const { uid, title, editable, templating, annotations } = parsed.data;
  const panels = parsed.data.panels.flatMap((panel) => {
    const outer: Panel = { name: nameOf(panel), json: panel, row: undefined };
    const inner = (panel.panels ?? []).map((each) => ({ name: nameOf(each), json: each, row: outer.name }));
    return [outer, ...inner];
  });
  const variables = templating?.list ?? [];
  const marks = (annotations?.list ?? []).filter(({ builtIn }) => builtIn !== 1 && builtIn !== true);
  return {
    uid: uid ?? "",
    title: title ?? "",
    editable: editable ?? undefined,
    panels,
    variables,
    queries: [
      ...panels.flatMap(queriesOf),
      ...variables.flatMap(queriesOfVariable),
      ...marks.flatMap(({ name, expr }) =>
        expr ? [queryOf(undefined, `annotation ${name ?? ""}`, expr)] : [],
      ),
    ],
    dataSources: [
      ...panels.flatMap(dataSourcesOf),
      ...variables
        .filter(({ type }) => type === "query" || type === "adhoc")
        .map(({ name, datasource }) => use(undefined, `variable ${name}`, datasource)),
      ...marks.map(({ name, datasource }) => use(undefined, `annotation ${name ?? ""}`, datasource)),
    ],
  };
}

function classic(json: unknown): unknown {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new CommandError("is no dashboard: expected a JSON object.");
  }
  if ("dashboard" in json && !("panels" in json)) return classic(json.dashboard);
  if ("elements" in json || ("spec" in json && !("panels" in json))) {
    throw new CommandError("is a dashboard in a newer schema: export it from Grafana in the classic one.");
  }
  if ("rows" in json && !("panels" in json)) {
    throw new CommandError(
      "is a dashboard from before Grafana 5: open it in Grafana, save it and export it again.",
    );
  }
  if (!("panels" in json)) throw new CommandError('is no dashboard: it has no "panels".');
  return json;
}

function nameOf({ title, id, type }: PanelJson): string {
  const text = title?.trim();
  return text === undefined || text === "" ? `${type || "panel"} ${String(id ?? "without id")}` : text;
}

function queriesOf(panel: Panel): DashboardQuery[] {
  return (panel.json.targets ?? [])
    .filter(({ datasource }) => isPrometheus(datasource ?? panel.json.datasource))
    .flatMap(({ expr, refId, legendFormat }) =>
      expr?.trim() ? [queryOf(panel, `target ${refId ?? ""}`, expr, legendFormat ?? "")] : [],
    );
}

/** Other data sources have languages of their own; one that is not said is taken for a Prometheus. */
function isPrometheus(dataSource: DataSourceJson): boolean {
  if (typeof dataSource !== "object" || dataSource === null) return true;
  const { type } = dataSource;
  return type === undefined || type === null || type === "" || type === "prometheus" || type === "datasource";
}

function queriesOfVariable({ name, type, query, datasource }: VariableJson): DashboardQuery[] {
  if (type !== "query" || !isPrometheus(datasource)) return [];
  const text = (typeof query === "string" ? query : query?.query) ?? "";
  const inner =
    /^\s*label_values\((.+),\s*[\w$:{}[\]]+\s*\)\s*$/s.exec(text)?.[1] ??
    /^\s*query_result\((.+)\)\s*$/s.exec(text)?.[1];
  return inner === undefined ? [] : [queryOf(undefined, `variable ${name}`, inner)];
}

function queryOf(panel: Panel | undefined, source: string, expr: string, legend = ""): DashboardQuery {
  return { panel, source, legend, promql: new PromQl(expr) };
}

function dataSourcesOf(panel: Panel): DataSourceUse[] {
  if (!showsData(panel)) return [];
  const { datasource, targets } = panel.json;
  return [
    use(panel, "the panel", datasource),
    ...(targets ?? [])
      .filter((each) => each.datasource !== undefined && each.datasource !== null)
      .map((each) => use(panel, `target ${each.refId ?? ""}`, each.datasource)),
  ];
}

function use(panel: Panel | undefined, source: string, dataSource: DataSourceJson): DataSourceUse {
  return { panel, source, dataSource };
}
