import type { GraphFieldConfig } from "@grafana/grafana-foundation-sdk/common";
import {
  FieldColorModeId,
  MappingType,
  PanelBuilder,
  SpecialValueMatch,
  type SpecialValueMap,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Options as BarGaugeOptions } from "@grafana/grafana-foundation-sdk/bargauge";
import type { Options as HeatmapPanelOptions } from "@grafana/grafana-foundation-sdk/heatmap";
import type { Options as StatOptions } from "@grafana/grafana-foundation-sdk/stat";
import type { Options as TimeseriesPanelOptions } from "@grafana/grafana-foundation-sdk/timeseries";
import type { Query } from "../metrics/promql";
import { checkPanel } from "./checks";
import { ask, fixedColor, refId, withOptions, type PanelOptions, type Queries } from "./panel-options";
import { colors } from "./palette";

// The SDK's builder of panels of any kind, with its types for each kind. Its builders for one kind load all of
// Grafana's newer schemas, which takes a quarter of the time of loading cdktf, at every synth.

/** A type of the SDK with the texts that stand behind its enums: the enums themselves are in those modules. */
export type Plain<T> = T extends string
  ? `${T}`
  : T extends object
    ? { readonly [K in keyof T]: Plain<T[K]> }
    : T;

/** What a graph over time may have besides. */
export interface TimeseriesOptions extends PanelOptions {
  /** Greatest value of the axis. Default: that of the data. */
  readonly max?: number;
  /** Least value of the axis; `"data"` lets the data decide, for what may be negative. Default 0. */
  readonly min?: number | "data";
  /** Which series the legend begins with: the worst. Default: those with the `greatest` values, or as `limits` say. */
  readonly worst?: "greatest" | "least";
  /** Adds the series up, for parts of a whole. Default false. */
  readonly stacked?: boolean;
  /** What the others are compared with, such as the same a week before: dashed grey lines. Default: none. */
  readonly dashed?: Queries;
  /** Whether the legend has the dashed lines, too: not where there is one for each other line. Default true. */
  readonly dashedInLegend?: boolean;
  /** Asks for traces of single requests too, drawn as points that lead to them. Default false. */
  readonly exemplars?: boolean;
}

type GraphFieldConfigRange = Pick<GraphFieldConfig, "axisSoftMin" | "axisSoftMax">;

const size = { span: 12, height: 8 };

/** Least width of a panel that has room for a legend beside its graph. */
const wideSpan = 12;

/** Beside the graph, the worst first, where there is room for it: a table below it hides the fourth series. */
function legendOf(options: TimeseriesOptions): Plain<TimeseriesPanelOptions["legend"]> {
  const { span = size.span, limits, worst = limits?.bad === "below" ? "least" : "greatest" } = options;
  const isGreatest = worst === "greatest";
  const shown = { showLegend: true, sortBy: isGreatest ? "Max" : "Min", sortDesc: isGreatest };
  return span >= wideSpan
    ? {
        ...shown,
        displayMode: "table",
        placement: "right",
        calcs: ["lastNotNull", isGreatest ? "max" : "min"],
      }
    : { ...shown, displayMode: "list", placement: "bottom", calcs: ["lastNotNull"] };
}

/**
 * A graph over time. Limits are dashed lines. The legend shows the last value, that of a wide one the worst, too.
 */
export function timeseriesPanel(options: TimeseriesOptions): PanelBuilder {
  if (!checkPanel("timeseries", options)) return new PanelBuilder();
  const graph: Plain<GraphFieldConfig> = {
    lineWidth: 2,
    fillOpacity: options.stacked ? 30 : 10,
    ...(options.stacked && { stacking: { mode: "normal", group: "A" } }),
    ...(options.limits && { thresholdsStyle: { mode: "dashed" } }),
    ...softRange(options),
  };
  const shown: Plain<TimeseriesPanelOptions> = {
    legend: legendOf(options),
    tooltip: { mode: "multi", sort: "desc" },
  };
  const builder = withOptions(new PanelBuilder().type("timeseries"), options, size)
    .options(shown)
    .custom(graph)
    .colorScheme({ build: () => ({ mode: FieldColorModeId.PaletteClassic }) });
  if (options.min !== "data") builder.min(options.min ?? 0);
  if (options.max !== undefined) builder.max(options.max);
  const now = Object.entries(options.queries);
  now.forEach(([legend, query], index) => {
    const exemplar = options.exemplars ? { exemplar: true } : {};
    ask(builder, refId(index), legend, query, { range: true, ...exemplar });
  });
  Object.entries(options.dashed ?? {}).forEach(([legend, query], index) => {
    const id = refId(now.length + index);
    ask(builder, id, legend, query, { range: true }).overrideByQuery(id, [
      fixedColor(colors.before),
      { id: "custom.lineStyle", value: { fill: "dash", dash: [8, 8] } },
      { id: "custom.fillOpacity", value: 0 },
      { id: "custom.stacking", value: { mode: "none", group: "B" } },
      ...(options.dashedInLegend === false
        ? [{ id: "custom.hideFrom", value: { legend: true, tooltip: false, viz: false } }]
        : []),
    ]);
  });
  return builder;
}

/** Units of which 0 is the usual value, with the end of the axis where nothing is more and no limit is set. */
const restingMax: Readonly<Record<string, number>> = { percentunit: 0.1, none: 1, cps: 1, pps: 1 };

/**
 * An axis reaches as far as the limits, so that one sees how far away they are; one of what is usually 0 has an end
 * even then. Not that of a time: next to a limit of seconds nobody would see milliseconds.
 */
function softRange({ unit, limits, min }: TimeseriesOptions): GraphFieldConfigRange {
  const resting = restingMax[unit];
  const { warning, critical, bad = "above" } = limits ?? {};
  const marks = [warning, critical].filter((mark) => mark !== undefined);
  const isTop = bad === "above" && marks.length > 0;
  return {
    ...(resting !== undefined && { axisSoftMax: isTop ? Math.max(...marks) : resting }),
    ...(min === "data" && marks.length > 0 && { axisSoftMin: Math.min(...marks) }),
  };
}

/** The newest value of each series, as a number. */
export function statPanel(options: PanelOptions): PanelBuilder {
  if (!checkPanel("stat", options)) return new PanelBuilder();
  const shown: Plain<StatOptions> = {
    graphMode: "none",
    colorMode: options.limits === undefined ? "none" : "value",
    justifyMode: "auto",
    textMode: isOneValue(options.queries) ? "value" : "value_and_name",
    wideLayout: true,
    showPercentChange: false,
    percentChangeColorMode: "standard",
    orientation: "auto",
    reduceOptions: { calcs: ["lastNotNull"], values: false, fields: "" },
  };
  const builder = withOptions(new PanelBuilder().type("stat"), options, { span: 4, height: 4 }).options(
    shown,
  );
  // What is not known is neither good nor bad.
  if (options.limits !== undefined) builder.mappings([missing(options.noValue)]);
  Object.entries(options.queries).forEach(([legend, query], index) => {
    ask(builder, refId(index), legend, query, { instant: true, range: false });
  });
  return builder;
}

/** What bars may have besides. */
export interface BarsOptions extends PanelOptions {
  /** Where a bar is full. Default: the greatest value shown. */
  readonly max?: number;
}

/** The newest value of each series, as a bar, in the order of the answer: of a `topk` the greatest first. */
export function barsPanel(options: BarsOptions): PanelBuilder {
  if (!checkPanel("bars", options)) return new PanelBuilder();
  const shown: Plain<Omit<BarGaugeOptions, "sizing" | "maxVizHeight" | "legend">> = {
    displayMode: "basic",
    // The bar has the colour: in it not all values could be read on light.
    valueMode: "text",
    namePlacement: "auto",
    showUnfilled: true,
    minVizWidth: 8,
    minVizHeight: 16,
    orientation: "horizontal",
    reduceOptions: { calcs: ["lastNotNull"], values: false, fields: "" },
  };
  const builder = withOptions(new PanelBuilder().type("bargauge"), options, size).options(shown).min(0);
  if (options.max !== undefined) builder.max(options.max);
  Object.entries(options.queries).forEach(([legend, query], index) => {
    ask(builder, refId(index), legend, query, { instant: true, range: false });
  });
  return builder;
}

/** What a graph of a histogram may have. */
export interface HeatmapOptions extends Omit<PanelOptions, "queries" | "limits" | "colors" | "links"> {
  /** The increase of a histogram's buckets, by `le`. */
  readonly buckets: Query;
}

/** How values are spread over time: buckets of a histogram, from violet for few to green for many. Points lead to traces. */
export function heatmapPanel(options: HeatmapOptions): PanelBuilder {
  if (!checkPanel("heatmap", options)) return new PanelBuilder();
  const shown: Plain<HeatmapPanelOptions> = {
    calculate: false,
    // Its least shade is seen on light and on dark, and each next one is lighter, whoever looks.
    color: {
      mode: "scheme",
      scheme: "Cool",
      fill: "dark-blue",
      scale: "exponential",
      exponent: 0.5,
      steps: 64,
      reverse: false,
    },
    yAxis: { unit: options.unit, axisPlacement: "left", scaleDistribution: { type: "linear" } },
    rowsFrame: { layout: "auto" },
    cellGap: 1,
    cellValues: { unit: "short" },
    showValue: "auto",
    // Less than a tenth of a request is none.
    filterValues: { le: 0.1 },
    exemplars: { color: colors.sent },
    legend: { show: true },
    tooltip: { mode: "single", yHistogram: true, showColorScale: true },
    selectionMode: "x",
  };
  const builder = withOptions(
    new PanelBuilder().type("heatmap"),
    { ...options, queries: {} },
    { span: 24, height: 8 },
  );
  builder.options(shown);
  return ask(builder, "A", "{{le}}", options.buckets, { range: true, format: "heatmap", exemplar: true });
}

function missing(text = "No data"): SpecialValueMap {
  const result = { text, color: colors.unknown, index: 0 };
  return { type: MappingType.SpecialValue, options: { match: SpecialValueMatch.NullAndNan, result } };
}

function isOneValue(queries: Queries): boolean {
  const legends = Object.keys(queries);
  return legends.length === 1 && !legends[0]?.includes("{{");
}
