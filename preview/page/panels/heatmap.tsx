import {
  DashboardCursorSync,
  formattedValueToString,
  getValueFormat,
  PanelPlugin,
  type PanelProps,
} from "@grafana/data";
import type { Options } from "@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen";
import { KeyboardPlugin, UPlotChart, usePanelContext, useTheme2, VizLayout } from "@grafana/ui";
import { useMemo, useRef } from "react";
import type { AlignedData } from "uplot";
import { exemplarsOf } from "../prometheus/exemplars";
import { declareOptions } from "./declare";
import { ExemplarMarks } from "./exemplar-marks";
import { boundsOf, cellsOf } from "./heatmap-cells";
import { cellColors } from "./heatmap-colors";
import { heatmapConfig, type HeatmapState } from "./heatmap-config";
import { HeatmapScale } from "./heatmap-scale";
import { HeatmapTooltip } from "./heatmap-tooltip";
import { NoData } from "./message";
import { TimeMarks, timeMarksOf } from "./time-marks";

/** Writes a number in a unit. */
function textOf({ unit = "short", decimals }: { unit?: string; decimals?: number } = {}) {
  return (value: number) => formattedValueToString(getValueFormat(unit)(value, decimals ?? null));
}

/** How often which values were, over time. */
function Heatmap({
  data,
  width,
  height,
  options,
  timeRange,
  timeZone,
  fieldConfig,
  onChangeTimeRange,
}: PanelProps<Options>) {
  const theme = useTheme2();
  const { sync, eventsScope } = usePanelContext();
  const cells = useMemo(
    () => cellsOf(data.series[0], options.filterValues),
    [data.series, options.filterValues],
  );
  const colors = useMemo(
    () => cells && cellColors(options.color, cells.least, cells.most, theme),
    [cells, options.color, theme],
  );
  const exemplars = useMemo(() => exemplarsOf(data.annotations), [data.annotations]);
  const marks = useMemo(() => timeMarksOf(data.annotations), [data.annotations]);
  const state = useRef<HeatmapState>(undefined);
  if (cells && colors) state.current = { cells, timeRange, colorOf: colors.of, options };
  const config = useMemo(
    () =>
      heatmapConfig({
        theme,
        timeZone,
        sync: sync?.() ?? DashboardCursorSync.Off,
        syncScope: eventsScope,
        state: () => state.current as HeatmapState,
      }),
    [theme, timeZone, sync, eventsScope],
  );
  const plotted = useMemo(
    (): AlignedData => [[...(cells?.times ?? [])], (cells?.times ?? []).map(() => null)],
    [cells],
  );
  if (cells === undefined || colors === undefined || !isFinite(cells.most))
    return <NoData data={data} fieldConfig={fieldConfig} />;

  const countText = textOf(options.cellValues);
  /** Where a value stands on the axis, whose buckets are of equal height. */
  const place = (value: number) => {
    const bucket = cells.names.findIndex((_, index) => value <= boundsOf(cells, index)[1]);
    if (bucket < 0) return cells.names.length;
    const [above, upTo] = boundsOf(cells, bucket);
    return isFinite(upTo) ? bucket + (value - above) / (upTo - above || 1) : bucket + 0.5;
  };
  const valueText = textOf(options.yAxis);
  const legend = options.legend.show ? (
    <VizLayout.Legend placement="bottom" maxHeight="20%">
      <HeatmapScale colors={colors} text={countText} />
    </VizLayout.Legend>
  ) : null;
  return (
    <VizLayout width={width} height={height} legend={legend}>
      {(plotWidth: number, plotHeight: number) => (
        <UPlotChart config={config} data={plotted} width={plotWidth} height={plotHeight}>
          <KeyboardPlugin config={config} />
          <HeatmapTooltip
            config={config}
            cells={cells}
            colors={colors}
            options={options}
            timeZone={timeZone}
            countText={countText}
            onZoom={onChangeTimeRange}
          />
          {marks.length > 0 && <TimeMarks config={config} marks={marks} timeZone={timeZone} />}
          {exemplars.length > 0 && (
            <ExemplarMarks
              config={config}
              exemplars={exemplars}
              timeZone={timeZone}
              color={options.exemplars?.color}
              text={valueText}
              place={place}
            />
          )}
        </UPlotChart>
      )}
    </VizLayout>
  );
}

export const plugin = new PanelPlugin<Options>(Heatmap)
  .useFieldConfig({ useCustomConfig: () => undefined })
  .setPanelOptions((builder) =>
    declareOptions(builder, {
      calculate: false,
      color: {
        mode: "scheme",
        scheme: "Oranges",
        fill: "dark-orange",
        scale: "exponential",
        exponent: 0.5,
        steps: 64,
        reverse: false,
      },
      yAxis: { axisPlacement: "left" },
      rowsFrame: { layout: "auto" },
      cellGap: 1,
      cellValues: {},
      showValue: "auto",
      filterValues: { le: 1e-9 },
      exemplars: { color: "rgba(255,0,255,0.7)" },
      legend: { show: true },
      tooltip: { mode: "single", yHistogram: false, showColorScale: false },
    }),
  )
  .setDataSupport({ annotations: true });
