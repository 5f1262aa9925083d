import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PrometheusClient } from "../../operations/clients/prometheus-client";
import { dashboardOf, type Dashboard } from "../../dashboards/lint/dashboard";
import type { DataSourceJson } from "../../dashboards/lint/json-schema";

/** Dashboards as a synthesized stack gives them to Terraform: Grafana's JSON. */
export function synthesizedJson(outdir: string, stack: string): readonly object[] {
  const file = join(outdir, "stacks", stack, "cdk.tf.json");
  const { resource } = JSON.parse(readFileSync(file, "utf8")) as {
    resource: { grafana_dashboard: Record<string, { config_json: string }> };
  };
  return Object.values(resource.grafana_dashboard).map(
    ({ config_json }) => JSON.parse(config_json) as object,
  );
}

/** The same, read, by uid. */
export function synthesizedDashboards(outdir: string, stack: string): ReadonlyMap<string, Dashboard> {
  const all = synthesizedJson(outdir, stack).map(dashboardOf);
  return new Map(all.map((dashboard) => [dashboard.uid, dashboard]));
}

/** A query of a panel. */
export interface Target {
  /** Of the panel. */
  readonly panelId: number;
  /** Title of the panel and letter of the query, `Request rate: A`. */
  readonly name: string;
  readonly expr: string;
  /** Text with `{{label}}` for a label's value. */
  readonly legendFormat: string;
  /** Whether the panel asks for one point in time and not for a range. */
  readonly instant: boolean;
}

/** The queries of all panels for series, those in folded rows included. Log lines are asked of another program. */
export function targetsOf({ panels }: Dashboard): readonly Target[] {
  const ofSeries = panels.filter(({ json: { datasource } }) => typeOf(datasource) !== "loki");
  return ofSeries.flatMap(({ name, json }) =>
    (json.targets ?? []).map((target) => {
      const { refId, expr, legendFormat, instant } = target as {
        refId: string;
        expr: string;
        legendFormat?: string;
        instant?: boolean;
      };
      const panelId = json.id ?? NaN;
      return {
        panelId,
        name: `${name}: ${refId}`,
        expr,
        legendFormat: legendFormat ?? "",
        instant: instant === true,
      };
    }),
  );
}

export function typeOf(dataSource: DataSourceJson): string {
  return (typeof dataSource === "object" ? dataSource?.type : dataSource) ?? "";
}

/** What a dashboard shows. Times are in seconds. */
export interface View {
  /** Unix time. */
  readonly from: number;
  /** Unix time. */
  readonly to: number;
  /** Time between two points. */
  readonly step: number;
  /** That of the data source. */
  readonly scrapeInterval: number;
}

/** How the reader chooses the values of variables: "All", or each value by itself. */
export type Choice = "all" | "each";

/** Values that the reader chose, by variable; of the others, all. */
export type ChosenValues = Readonly<Record<string, readonly string[]>>;

/** A series that a query gave. */
export interface AnsweredSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly samples: readonly { readonly time: number; readonly value: number }[];
}

/** What a query was answered with. */
export interface AnsweredTarget extends Target {
  readonly answer: readonly AnsweredSeries[];
}

/** What a query gave. */
export interface Outcome extends Target {
  /** How many series have a number in them. */
  readonly series: number;
  /** How many values are NaN or infinite. */
  readonly notFinite: number;
  /** Of an instant query, or the last of a range; by the series' labels as JSON. */
  readonly values: ReadonlyMap<string, number>;
}

/** Asks all queries of a dashboard as Grafana does, with its variables and its own ones filled in. */
export async function evaluate(
  dashboard: Dashboard,
  prometheus: PrometheusClient,
  view: View,
  choice: Choice = "all",
): Promise<readonly Outcome[]> {
  return (await answersOf(dashboard, prometheus, view, choice)).map(({ answer, ...target }): Outcome => {
    const numbers = answer.map(({ samples }) => samples.map(({ value }) => value));
    return {
      ...target,
      series: numbers.filter((values) => values.some(Number.isFinite)).length,
      notFinite: numbers.flat().filter((value) => !Number.isFinite(value)).length,
      values: new Map(
        answer.map(({ metric, samples }) => [JSON.stringify(metric), samples.at(-1)?.value ?? NaN]),
      ),
    };
  });
}

/** All that the queries of a dashboard are answered with. */
export async function answersOf(
  dashboard: Dashboard,
  prometheus: PrometheusClient,
  view: View,
  choice: Choice | ChosenValues = "all",
): Promise<readonly AnsweredTarget[]> {
  const chosen = await chosenValues(dashboard, prometheus, view, choice);
  const answered: AnsweredTarget[] = [];
  for (const target of targetsOf(dashboard)) {
    answered.push({
      ...target,
      answer: await ask(target, fill(target.expr, chosen, view), prometheus, view),
    });
  }
  return answered;
}

type Chosen = ReadonlyMap<string, string>;

/** The text that stands in queries for each variable. */
async function chosenValues(
  { variables }: Dashboard,
  prometheus: PrometheusClient,
  view: View,
  choice: Choice | ChosenValues,
): Promise<Chosen> {
  const chosen = new Map<string, string>();
  for (const variable of variables) {
    const { name, type, query, allValue } = variable as {
      name: string;
      type: string;
      query: string | { query: string };
      allValue?: string | null;
    };
    if (type === "datasource") continue;
    const own = typeof choice === "object" ? choice[name] : undefined;
    if (own !== undefined) {
      chosen.set(name, anyOf(own));
      continue;
    }
    if (typeof allValue === "string" && choice !== "each") {
      chosen.set(name, allValue);
      continue;
    }
    const values =
      typeof query === "string"
        ? query.split(",")
        : await labelValues(fill(query.query, chosen, view), prometheus, view);
    chosen.set(name, anyOf(values));
  }
  return chosen;
}

/** As Grafana's Prometheus data source writes several values: `(a|b)`, escaped within a string of PromQL. */
function anyOf(values: readonly string[]): string {
  const escaped = values.map((value) => value.replace(/[\\^$*+?.()|[\]{}]/g, "\\\\$&"));
  return escaped.length === 1 ? (escaped[0] ?? "") : `(${escaped.join("|")})`;
}

async function labelValues(query: string, prometheus: PrometheusClient, view: View): Promise<string[]> {
  const [, series = "", label = ""] = /^label_values\((.*), (\w+)\)$/.exec(query) ?? [];
  const found = await prometheus.get<readonly Record<string, string>[]>(
    `/api/v1/series?${parameters({ "match[]": series, start: view.from, end: view.to })}`,
  );
  return [...new Set(found.flatMap(({ [label]: value }) => value ?? []))].sort();
}

/** @throws Error where a variable is left that Grafana could not fill */
function fill(text: string, chosen: Chosen, { from, to, step, scrapeInterval }: View): string {
  const seconds = {
    __interval: step,
    // In whole seconds, as Grafana has it: Prometheus reads no others.
    __range: Math.round(to - from),
    // Four scrapes, so that one may be missed; Grafana's documentation of the Prometheus data source has the formula.
    __rate_interval: Math.max(step + scrapeInterval, 4 * scrapeInterval),
  };
  const own = Object.entries(seconds).map(([name, value]): [string, string] => [name, `${String(value)}s`]);
  const all = new Map([...chosen, ...own]);
  // `$1` is a group of a regular expression, not a variable.
  return text.replace(/\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g, (whole, braced?: string, plain?: string) => {
    const value = all.get(braced ?? plain ?? "");
    if (value === undefined) throw new Error(`Nothing fills ${whole} in ${text}`);
    return value;
  });
}

async function ask(
  target: Target,
  query: string,
  prometheus: PrometheusClient,
  { from, to, step }: View,
): Promise<readonly AnsweredSeries[]> {
  const path = target.instant
    ? `query?${parameters({ query, time: to })}`
    : `query_range?${parameters({ query, start: from, end: to, step })}`;
  const { result } = await prometheus.get<{
    result: { metric: Record<string, string>; value?: [number, string]; values?: [number, string][] }[];
  }>(`/api/v1/${path}`);
  return result.map(({ metric, value, values }) => ({
    metric,
    samples: (values ?? (value ? [value] : [])).map(([time, text]) => ({
      time,
      value: Number(text.replace("Inf", "Infinity")),
    })),
  }));
}

function parameters(values: Readonly<Record<string, string | number>>): string {
  return new URLSearchParams(
    Object.entries(values).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}
