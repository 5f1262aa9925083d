import { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { Query } from "../metrics/promql";
import { calledByAuthors, report, words } from "../metrics/problems";
import {
  checkProperties,
  checkWord,
  flag,
  form,
  isObject,
  list,
  number,
  object,
  optional,
  text,
  texts,
  whole,
  word,
  type Properties,
  type Property,
} from "../metrics/properties";
import type { DashboardOptions, Row } from "./dashboard";
import type { LogsPanelOptions } from "./log-panels";
import { LogLines, LogQuery } from "./logql";
import type { Limits, PanelOptions, Queries } from "./panel-options";
import type { BarsOptions, HeatmapOptions, TimeseriesOptions } from "./panels";
import { isUnit, unitIds } from "./units";
import type { Variable } from "./variables";

calledByAuthors(
  ...[
    "arrangement",
    "checks",
    "dashboard",
    "guards",
    "log-panels",
    "logql",
    "panel-options",
    "panels",
    "variables",
  ].map((name) => `dashboards/${name}.ts`),
);

const query: Property = {
  allowed: "an expression made by select and the other functions of metrics/promql",
  is: (value) => value instanceof Query,
};
const logLines: Property = {
  allowed: "log lines, as lines gives them",
  is: (value) => value instanceof LogLines,
};
const isAsked = (value: unknown) => query.is(value) || value instanceof LogQuery;
const unit: Property = {
  allowed: "a unit of Grafana, such as none, s, bytes, reqps, percentunit, or suffix:x",
  candidates: unitIds,
  is: (value) => typeof value === "string" && isUnit(value),
};

const ofPanel: Properties<PanelOptions> = {
  title: text,
  description: text,
  unit,
  queries: object,
  span: optional(whole(1, 24)),
  height: optional(whole(1, 100)),
  limits: optional(object),
  colors: optional(texts),
  noValue: optional(text),
  links: optional(list),
};
const ofBars: Properties<BarsOptions> = { ...ofPanel, max: optional(number) };
const ofTimeseries: Properties<TimeseriesOptions> = {
  ...ofPanel,
  max: optional(number),
  min: optional({
    allowed: `a number, or "data"`,
    is: (value) => value === "data" || Number.isFinite(value),
  }),
  worst: optional(word("greatest", "least")),
  stacked: optional(flag),
  dashed: optional(object),
  dashedInLegend: optional(flag),
  exemplars: optional(flag),
};
const { title, description, span, height, noValue } = ofPanel;
const ofHeatmap: Properties<HeatmapOptions> = {
  title,
  description,
  unit,
  span,
  height,
  noValue,
  buckets: query,
};
const ofLogs: Properties<LogsPanelOptions> = { title, description, span, height, noValue, lines: logLines };
const ofKind = {
  stat: ofPanel,
  bars: ofBars,
  timeseries: ofTimeseries,
  heatmap: ofHeatmap,
  logs: ofLogs,
} as const;

const ofLimits: Properties<Limits> = {
  warning: optional(number),
  critical: optional(number),
  bad: optional(word("above", "below")),
};
const ofDashboard: Properties<DashboardOptions> = {
  uid: form(/^[A-Za-z0-9_-]{1,40}$/, "1 to 40 letters, digits, dashes and underscores"),
  title: text,
  description: text,
  settings: object,
  variables: list,
  alerts: optional(object),
  marks: optional(list),
  since: optional(form(/^[1-9]\d*[smhdwMy]$/, "a whole number and a unit, as in 6h")),
  rows: list,
};
const ofRow: Properties<Row> = { title: optional(text), folded: optional(flag), panels: list };

/**
 * Reports what is wrong in the options of a panel: what their type says, for those who do not ask the compiler.
 * @returns whether a panel can be made of them
 */
export function checkPanel(kind: keyof typeof ofKind, options: unknown): boolean {
  const name = isObject(options) && typeof options.title === "string" ? options.title : "without a title";
  const what = `panel "${name}"`;
  const isPanel = checkProperties(what, options, ofKind[kind]);
  if (!isObject(options)) return false;
  const { limits, queries = {}, dashed = {} } = options as Partial<TimeseriesOptions>;
  if (isObject(limits)) checkProperties(`${what}: limits`, limits, ofLimits);
  const areQueries = Object.entries({ queries, dashed }).map(([key, asked]) =>
    checkQueries(`${what}: ${key}`, asked),
  );
  const ofLines = Object.values({ ...queries, ...dashed }).map((asked) => asked instanceof LogQuery);
  if (new Set(ofLines).size > 1) {
    const found = words("queries of series and of log lines");
    report({ what: `${what}: queries`, found, allowed: "queries of one kind: a panel has one data source" });
    return false;
  }
  return isPanel && areQueries.every(Boolean);
}

/** Whether all are queries; reports what is none, and legends with labels that their queries have not. */
function checkQueries(what: string, queries: Queries): boolean {
  if (!isObject(queries)) return false;
  for (const [legend, asked] of Object.entries<unknown>(queries)) {
    const of = `${what}: ${JSON.stringify(legend)}`;
    if (!(asked instanceof Query || asked instanceof LogQuery)) {
      report({ what: of, found: asked, allowed: query.allowed });
      continue;
    }
    const named = [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label = ""]) => label);
    const { shape } = asked;
    if (shape === undefined) continue;
    for (const label of named) checkWord(`${of}: label`, label, shape.labels);
  }
  return Object.values(queries).every(isAsked);
}

/** Reports what is wrong in the options of a dashboard, as far as it is not in its panels. */
export function checkDashboard(options: DashboardOptions): boolean {
  const what = `dashboard ${isObject(options) ? String(options.uid) : ""}`;
  if (!checkProperties(what, options, ofDashboard)) return false;
  let isWhole = true;
  options.rows.forEach((row: Row, index) => {
    const of = `${what}: row ${isObject(row) && row.title !== undefined ? `"${row.title}"` : String(index + 1)}`;
    if (!checkProperties(of, row, ofRow)) {
      isWhole = false;
      return;
    }
    for (const panel of row.panels.filter((each: unknown) => !(each instanceof PanelBuilder))) {
      report({
        what: `${of}: panels`,
        found: panel,
        allowed: "what statPanel, timeseriesPanel, heatmapPanel and logsPanel give",
      });
      isWhole = false;
    }
  });
  for (const variable of options.variables.filter((each: unknown) => !isObject(each) || !("model" in each))) {
    report({
      what: `${what}: variables`,
      found: variable,
      allowed: "what serviceChoice and labelChoice give",
    });
    isWhole = false;
  }
  return isWhole;
}

/** A panel as it was built, as far as variables stand in it. */
interface BuiltPanel {
  readonly title?: string | undefined;
  readonly targets?: readonly unknown[] | undefined;
}

/** Reports variables that the panels of a dashboard read and its reader cannot choose. */
export function checkVariables(
  uid: string,
  panels: readonly BuiltPanel[],
  variables: readonly Pick<Variable, "name">[],
): void {
  const names = variables.map(({ name }) => name);
  const read = new Map<string, string[]>();
  for (const { title = "", targets = [] } of panels) {
    const expressions = targets.map((target) => (target as { readonly expr?: string }).expr ?? "");
    for (const [, name = ""] of expressions.join("\n").matchAll(/=~"\$(?!__)(\w+)"/g)) {
      read.set(name, [...(read.get(name) ?? []), title]);
    }
  }
  for (const [name, titles] of read) {
    const [first = "", ...others] = new Set(titles);
    const more = others.length === 0 ? "" : ` and ${String(others.length)} more`;
    checkWord(`dashboard ${uid}: panel "${first}"${more}: variable`, name, names);
  }
}
