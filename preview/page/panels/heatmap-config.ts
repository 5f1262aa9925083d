import {
  DashboardCursorSync,
  formattedValueToString,
  getValueFormat,
  type GrafanaTheme2,
  type TimeRange,
  type TimeZone,
} from "@grafana/data";
import {
  AxisPlacement,
  GraphDrawStyle,
  ScaleDirection,
  ScaleOrientation,
  VisibilityMode,
} from "@grafana/schema";
import type { Options } from "@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen";
import { UPlotConfigBuilder } from "@grafana/ui";
import type uPlot from "uplot";
import type { Cells } from "./heatmap-cells";

/** What the drawing of a heatmap reads at the time of drawing. */
export interface HeatmapState {
  readonly cells: Cells;
  readonly timeRange: TimeRange;
  readonly colorOf: (value: number) => string;
  readonly options: Options;
}

export interface HeatmapConfigInput {
  readonly theme: GrafanaTheme2;
  readonly timeZone: TimeZone;
  readonly state: () => HeatmapState;
  readonly sync: DashboardCursorSync;
  readonly syncScope: string;
}

/** Writes the bound of a bucket with the unit of the axis. */
export function boundText(options: Options, name: string): string {
  if (name === "+Inf") return "+Inf";
  const { unit = "short", decimals } = options.yAxis;
  return formattedValueToString(getValueFormat(unit)(Number(name), decimals ?? null));
}

/** The plot of a heatmap: an axis of time, an axis of buckets of equal height. */
export function heatmapConfig({
  theme,
  timeZone,
  state,
  sync,
  syncScope,
}: HeatmapConfigInput): UPlotConfigBuilder {
  const builder = new UPlotConfigBuilder(timeZone);
  builder.setPrepData(() => [[...state().cells.times], state().cells.times.map(() => null)]);
  builder.addScale({
    scaleKey: "x",
    isTime: true,
    orientation: ScaleOrientation.Horizontal,
    direction: ScaleDirection.Right,
    range: () => [state().timeRange.from.valueOf(), state().timeRange.to.valueOf()],
  });
  builder.addAxis({ scaleKey: "x", isTime: true, placement: AxisPlacement.Bottom, timeZone, theme });
  builder.addScale({
    scaleKey: "y",
    orientation: ScaleOrientation.Vertical,
    direction: ScaleDirection.Up,
    range: () => [0, state().cells.names.length],
  });
  builder.addAxis({
    scaleKey: "y",
    placement: AxisPlacement.Left,
    theme,
    grid: { show: false },
    // Each bucket's bound stands at its upper edge; where there is no room, every second one, or fewer.
    splits: (plot: uPlot) => {
      const { names } = state().cells;
      const every = Math.max(
        1,
        Math.ceil((16 * names.length) / Math.max(1, plot.over.clientHeight || plot.height)),
      );
      return Array.from({ length: Math.floor(names.length / every) }, (_, index) => (index + 1) * every);
    },
    values: (_plot: uPlot, splits: number[]) =>
      splits.map((edge) => boundText(state().options, state().cells.names[edge - 1] ?? "")),
  } as Parameters<UPlotConfigBuilder["addAxis"]>[0]);
  builder.addSeries({
    scaleKey: "y",
    theme,
    drawStyle: GraphDrawStyle.Points,
    showPoints: VisibilityMode.Never,
    pathBuilder: () => null,
    pxAlign: false,
  } as Parameters<UPlotConfigBuilder["addSeries"]>[0]);
  builder.setCursor({
    drag: { x: true, y: false, setScale: false },
    points: { show: false },
    ...(sync !== DashboardCursorSync.Off && { sync: { key: syncScope, scales: ["x", null] } }),
  });
  builder.addHook("draw", (plot) => paint(plot, state()));
  return builder;
}

function paint(plot: uPlot, { cells, colorOf, options }: HeatmapState): void {
  const { ctx, bbox } = plot;
  const gap = Math.round((options.cellGap ?? 1) * devicePixelRatio);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  cells.counts.forEach((row, bucket) => {
    const top = Math.round(plot.valToPos(bucket + 1, "y", true));
    const height = Math.round(plot.valToPos(bucket, "y", true)) - top;
    row.forEach((count, column) => {
      const at = cells.times[column];
      if (count === null || at === undefined) return;
      const left = Math.round(plot.valToPos(at - cells.width, "x", true));
      const width = Math.round(plot.valToPos(at, "x", true)) - left;
      ctx.fillStyle = colorOf(count);
      ctx.fillRect(left, top, Math.max(1, width - gap), Math.max(1, height - gap));
    });
  });
  ctx.restore();
}
