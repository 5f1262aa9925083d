import {
  AxisPlacement,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphThresholdsStyleMode,
  HeatmapCellLayout,
  LegendDisplayMode,
  LegendPlacement,
  ScaleDistribution,
  SortOrder,
  StackingMode,
  TooltipDisplayMode,
} from "@grafana/grafana-foundation-sdk/common";
import {
  HeatmapColorMode,
  HeatmapColorScale,
  PanelBuilder as HeatmapPanelBuilder,
} from "@grafana/grafana-foundation-sdk/heatmap";
import { FieldColorModeId } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as StatPanelBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TimeseriesPanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import type { Query } from "../metrics/promql";
import { fixedColor, refId, target, withOptions, type PanelOptions, type Queries } from "./panel-options";
import { colors } from "./palette";

/** What a graph over time may have besides. */
export interface TimeseriesOptions extends PanelOptions {
  /** Greatest value of the axis. Default: that of the data. */
  readonly max?: number;
  /** Least value of the axis; `"data"` lets the data decide, for what may be negative. Default 0. */
  readonly min?: number | "data";
  /** Adds the series up, for parts of a whole. Default false. */
  readonly stacked?: boolean;
  /** What the others are compared with, such as the same a week before: dashed grey lines. Default: none. */
  readonly dashed?: Queries;
  /** Asks for traces of single requests too, drawn as points that lead to them. Default false. */
  readonly exemplars?: boolean;
}

/** A graph over time. Limits are dashed lines; the legend shows the last and the greatest value. */
export function timeseriesPanel(options: TimeseriesOptions): TimeseriesPanelBuilder {
  const builder = withOptions(new TimeseriesPanelBuilder(), options, { span: 12, height: 8 })
    .lineWidth(2)
    .fillOpacity(options.stacked ? 30 : 10)
    .colorScheme({ build: () => ({ mode: FieldColorModeId.PaletteClassicByName }) })
    .legend({
      build: () => ({
        displayMode: LegendDisplayMode.Table,
        placement: LegendPlacement.Bottom,
        showLegend: true,
        calcs: ["lastNotNull", "max"],
      }),
    })
    .tooltip({ build: () => ({ mode: TooltipDisplayMode.Multi, sort: SortOrder.Descending }) });
  if (options.min !== "data") builder.min(options.min ?? 0);
  if (options.max !== undefined) builder.max(options.max);
  if (options.stacked) builder.stacking({ build: () => ({ mode: StackingMode.Normal, group: "A" }) });
  if (options.limits !== undefined) {
    builder.thresholdsStyle({ build: () => ({ mode: GraphThresholdsStyleMode.Dashed }) });
  }
  const now = Object.entries(options.queries);
  now.forEach(([legend, query], index) => {
    const exemplar = options.exemplars ? { exemplar: true } : {};
    builder.withTarget(target(refId(index), legend, query, { range: true, ...exemplar }));
  });
  Object.entries(options.dashed ?? {}).forEach(([legend, query], index) => {
    const id = refId(now.length + index);
    builder
      .withTarget(target(id, legend, query, { range: true }))
      .overrideByQuery(id, [
        fixedColor(colors.before),
        { id: "custom.lineStyle", value: { fill: "dash", dash: [8, 8] } },
        { id: "custom.fillOpacity", value: 0 },
        { id: "custom.stacking", value: { mode: StackingMode.None, group: "B" } },
      ]);
  });
  return builder;
}

/** The newest value of each series, as a number. */
export function statPanel(options: PanelOptions): StatPanelBuilder {
  const queries = Object.entries(options.queries);
  const builder = withOptions(new StatPanelBuilder(), options, { span: 4, height: 4 })
    .reduceOptions({ build: () => ({ calcs: ["lastNotNull"], values: false, fields: "" }) })
    .graphMode(BigValueGraphMode.None)
    .colorMode(options.limits === undefined ? BigValueColorMode.None : BigValueColorMode.Value)
    .textMode(isOneValue(options.queries) ? BigValueTextMode.Value : BigValueTextMode.ValueAndName);
  queries.forEach(([legend, query], index) => {
    builder.withTarget(target(refId(index), legend, query, { instant: true, range: false }));
  });
  return builder;
}

/** How values are spread over time: buckets of a histogram, the more the darker. Points lead to traces. */
export function heatmapPanel(
  options: Omit<PanelOptions, "queries" | "limits" | "colors"> & {
    /** The increase of a histogram's buckets, by `le`. */
    readonly buckets: Query;
  },
): HeatmapPanelBuilder {
  return (
    withOptions(new HeatmapPanelBuilder(), { ...options, queries: {} }, { span: 24, height: 8 })
      .calculate(false)
      // One hue from light to dark: nobody mistakes it.
      .color({
        build: () => ({
          mode: HeatmapColorMode.Scheme,
          scheme: "Blues",
          fill: "dark-blue",
          scale: HeatmapColorScale.Exponential,
          exponent: 0.5,
          steps: 64,
          reverse: false,
        }),
      })
      .yAxis({
        build: () => ({
          unit: options.unit,
          axisPlacement: AxisPlacement.Left,
          scaleDistribution: { type: ScaleDistribution.Linear },
        }),
      })
      .rowsFrame({ build: () => ({ layout: HeatmapCellLayout.Auto }) })
      .cellValues({ build: () => ({ unit: "short" }) })
      .filterValues({ build: () => ({ le: 1e-9 }) })
      .exemplarsColor(colors.sent)
      .showLegend()
      .tooltip({ build: () => ({ mode: TooltipDisplayMode.Single, yHistogram: true, showColorScale: true }) })
      .withTarget(target("A", "{{le}}", options.buckets, { range: true, format: "heatmap", exemplar: true }))
  );
}

function isOneValue(queries: Queries): boolean {
  const legends = Object.keys(queries);
  return legends.length === 1 && !legends[0]?.includes("{{");
}
