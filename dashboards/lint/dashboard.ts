import { classicOf, UnreadableDashboard, type ClassicJson } from "./classic";
import { DataSourceTypes, isMixed } from "./data-sources";
import { choicesOfVariable, queriesOfAnnotation, queriesOfPanel, queriesOfVariable } from "./queries";
import type { DashboardQuery, VariableChoice } from "./queries";
import { dashboardSchema, type DataSourceJson, type PanelJson, type VariableJson } from "./json-schema";

/** A panel, wherever in the dashboard it is. */
export interface Panel {
  /** Its title, or what else tells it from others. */
  readonly name: string;
  readonly json: PanelJson;
  /** The folded row that holds it; undefined for one that stands by itself. */
  readonly row: string | undefined;
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
  readonly layout: ClassicJson["layout"];
  /** All panels, those in folded rows included, and the rows themselves. */
  readonly panels: readonly Panel[];
  readonly variables: readonly VariableJson[];
  /** Names of what Grafana asks for at an import and puts in then. */
  readonly inputs: readonly string[];
  readonly queries: readonly DashboardQuery[];
  /** What variables offer of all that a Prometheus has. */
  readonly choices: readonly VariableChoice[];
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
 * A dashboard from its JSON, in whatever `classicOf` finds one.
 * @throws UnreadableDashboard when it is no JSON or no dashboard in the classic schema.
 */
export function readDashboard(text: string): Dashboard {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new UnreadableDashboard(`is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return dashboardOf(json);
}

/**
 * A dashboard from its parsed JSON.
 * @throws UnreadableDashboard when it is no dashboard in the classic schema.
 */
export function dashboardOf(json: unknown): Dashboard {
  const classic = classicOf(json);
  const parsed = dashboardSchema.safeParse(classic.json);
  if (!parsed.success) {
    const issues = parsed.error.issues
      .slice(0, 5)
      .map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new UnreadableDashboard(`is no dashboard in Grafana's classic schema: ${issues.join("; ")}`);
  }
  const { uid, title, editable, templating, annotations, __inputs: inputs } = parsed.data;
  const panels = parsed.data.panels.flatMap((panel) => {
    const outer: Panel = { name: nameOf(panel), json: panel, row: undefined };
    const inner = (panel.panels ?? []).map((each) => ({ name: nameOf(each), json: each, row: outer.name }));
    return [outer, ...inner];
  });
  const types = new DataSourceTypes(parsed.data);
  const variables = templating?.list ?? [];
  const marks = (annotations?.list ?? []).filter(({ builtIn }) => builtIn !== 1 && builtIn !== true);
  return {
    uid: uid ?? "",
    title: title ?? "",
    editable: editable ?? undefined,
    layout: classic.layout,
    panels,
    variables,
    inputs: (inputs ?? []).flatMap(({ name }) => name ?? []),
    queries: [
      ...panels.flatMap((panel) => queriesOfPanel(panel, types)),
      ...variables.flatMap((variable) => queriesOfVariable(variable, types)),
      ...marks.flatMap((mark) => queriesOfAnnotation(mark, types)),
    ],
    choices: variables.flatMap((variable) => choicesOfVariable(variable, types)),
    dataSources: [
      ...panels.flatMap(dataSourcesOf),
      ...variables
        .filter(({ type }) => type === "query" || type === "adhoc")
        .map(({ name, datasource }) => use(undefined, `variable ${name}`, datasource)),
      ...marks.map(({ name, datasource }) => use(undefined, `annotation ${name ?? ""}`, datasource)),
    ],
  };
}

function nameOf({ title, id, type }: PanelJson): string {
  const text = title?.trim();
  return text === undefined || text === "" ? `${type || "panel"} ${String(id ?? "without id")}` : text;
}

function dataSourcesOf(panel: Panel): DataSourceUse[] {
  if (!showsData(panel)) return [];
  const { datasource, targets } = panel.json;
  const ofTargets = (targets ?? [])
    .filter((each) => isMixed(datasource) || (each.datasource !== undefined && each.datasource !== null))
    .map((each) => use(panel, `target ${each.refId ?? ""}`, each.datasource));
  return isMixed(datasource) ? ofTargets : [use(panel, "the panel", datasource), ...ofTargets];
}

function use(panel: Panel | undefined, source: string, dataSource: DataSourceJson): DataSourceUse {
  return { panel, source, dataSource };
}
