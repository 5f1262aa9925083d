import {
  type DashboardLink,
  type DynamicConfigValue,
  type PanelBuilder,
  type ThresholdsConfig,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Dataquery, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { type AnyQuery, noteQuery } from "./asked";
import { LogQuery } from "./logql";
import { severityColors, type Colors } from "./palette";
import type { SeriesLink } from "./trace-links";

/** Name of the variable that holds the Prometheus of all panels. */
export const dataSourceVariable = "datasource";

/** The Prometheus that the reader chose. */
export const dataSource = { type: "prometheus", uid: `\${${dataSourceVariable}}` };

/** Name of the variable that holds the Loki of all panels on log lines. */
export const lineSourceVariable = "loki";

/** The Loki that the reader chose. */
const lineSource = { type: "loki", uid: `\${${lineSourceVariable}}` };

/** What is asked, by legend: a text with `{{label}}` for a label's value. All of one panel ask the same data source. */
export type Queries = Readonly<Record<string, AnyQuery>>;

/** Numbers from which on something is not good any more. */
export interface Limits {
  readonly warning?: number;
  readonly critical?: number;
  /** `below` where less is worse. Default `above`. */
  readonly bad?: "above" | "below";
}

/** What a panel shows, whatever its kind. */
export interface PanelOptions {
  /** Unique on its dashboard: the panel's id is made of it. */
  readonly title: string;
  /** What the reader learns from it, in a sentence or two. */
  readonly description: string;
  /** Unit as Grafana names it: `reqps`, `percentunit`, `s`, `bytes`. */
  readonly unit: string;
  readonly queries: Queries;
  /** Width in columns of the 24 that a dashboard has. Default: 12, of a number 4. */
  readonly span?: number;
  /** Height in rows of 30 pixels. Default: 8, of a number 4. */
  readonly height?: number;
  /** Default: none. */
  readonly limits?: Limits;
  /** Colours of series. Default: Grafana's by name. */
  readonly colors?: Colors;
  /** What is shown where there is nothing, as a sentence. Default: Grafana's "No data". */
  readonly noValue?: string;
  /** Where a click on a series can lead. Default: nowhere. */
  readonly links?: readonly SeriesLink[];
}

/** Puts in what all kinds of panels have. */
export function withOptions(
  builder: PanelBuilder,
  options: Omit<PanelOptions, "unit"> & Partial<Pick<PanelOptions, "unit">>,
  size: { readonly span: number; readonly height: number },
): PanelBuilder {
  builder
    .title(options.title)
    .description(options.description)
    .datasource(sourceOf(Object.values(options.queries)[0]))
    .span(options.span ?? size.span)
    .height(options.height ?? size.height);
  if (options.unit !== undefined) builder.unit(options.unit);
  if (options.noValue !== undefined) builder.noValue(options.noValue);
  if (options.limits !== undefined) {
    const limits = thresholds(options.limits);
    builder.thresholds({ build: () => limits });
  }
  if (options.links?.length) {
    builder.dataLinks(
      options.links.map((link) => ({ build: () => ({ ...link, targetBlank: false }) as DashboardLink })),
    );
  }
  for (const [name, color] of Object.entries(options.colors ?? {})) {
    // Without the slashes Grafana would want the whole name to match.
    builder.overrideByRegexp(`/^${name}(?![\\w-])/`, [fixedColor(color)]);
  }
  return builder;
}

function sourceOf(query: AnyQuery | undefined): typeof dataSource {
  return query instanceof LogQuery ? lineSource : dataSource;
}

/** The property that gives a series its colour. */
export function fixedColor(color: string): DynamicConfigValue {
  return { id: "color", value: { mode: "fixed", fixedColor: color } };
}

/**
 * Adds what a panel asks. As the SDK's own builder makes it, whose module loads all of Grafana's newer schemas and
 * doubles the time of a synth.
 */
export function ask(
  panel: PanelBuilder,
  refId: string,
  legendFormat: string,
  query: AnyQuery,
  kind: Pick<Dataquery, "range" | "instant" | "exemplar"> & { readonly format?: `${PromQueryFormat}` },
): PanelBuilder {
  noteQuery(panel, refId, query);
  const dataquery = {
    refId,
    datasource: sourceOf(query),
    expr: query.toString(),
    legendFormat,
    ...(query instanceof LogQuery ? { queryType: kind.instant ? "instant" : "range" } : kind),
    _implementsDataqueryVariant: () => undefined,
  };
  return panel.withTarget({ build: () => dataquery });
}

/** The name of a panel's nth target: A, B, C. */
export function refId(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}

function thresholds({ warning, critical, bad = "above" }: Limits): ThresholdsConfig {
  const { good, ...colors } = severityColors;
  const steps =
    bad === "above"
      ? [
          { value: null, color: good },
          ...(warning === undefined ? [] : [{ value: warning, color: colors.warning }]),
          ...(critical === undefined ? [] : [{ value: critical, color: colors.critical }]),
        ]
      : [
          { value: null, color: critical === undefined ? colors.warning : colors.critical },
          ...(critical === undefined
            ? []
            : [{ value: critical, color: warning === undefined ? good : colors.warning }]),
          ...(warning === undefined ? [] : [{ value: warning, color: good }]),
        ];
  return { mode: ThresholdsMode.Absolute, steps };
}
