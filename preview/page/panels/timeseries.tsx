import {
  DashboardCursorSync,
  FieldColorModeId,
  FieldConfigProperty,
  FieldType,
  formattedValueToString,
  PanelPlugin,
  type DataFrame,
  type PanelProps,
} from "@grafana/data";
import { TooltipDisplayMode } from "@grafana/schema";
import type {
  FieldConfig,
  Options,
} from "@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen";
import {
  getFieldDisplayItems,
  KeyboardPlugin,
  TimeSeries,
  TooltipPlugin2,
  usePanelContext,
  VizTooltipContent,
  VizTooltipHeader,
  VizTooltipWrapper,
} from "@grafana/ui";
import { useMemo } from "react";
import { exemplarsOf } from "../prometheus/exemplars";
import { declareCustom, declareOptions } from "./declare";
import { ExemplarMarks } from "./exemplar-marks";
import { hasData, NoData } from "./message";
import { hoverMode } from "./hover-mode";
import { TimeMarks, timeMarksOf } from "./time-marks";

/** The frames that can be drawn over time; what is no number of those is a gap. */
function drawable(series: readonly DataFrame[]): DataFrame[] {
  return series.flatMap((frame) => {
    const time = frame.fields.find(({ type }) => type === FieldType.time);
    const values = frame.fields.filter(({ type }) => type === FieldType.number);
    if (time === undefined || values.length === 0 || frame.length === 0) return [];
    const fields = [
      time,
      ...values.map((field) => ({
        ...field,
        values: field.values.map((value: unknown) =>
          typeof value === "number" && isFinite(value) ? value : null,
        ),
      })),
    ];
    return [{ ...frame, fields }];
  });
}

/** How values are written: as those of the first series. */
function valueText({ fields }: DataFrame): (value: number) => string {
  const display = fields.find(({ type }) => type === FieldType.number)?.display;
  return (value) => (display ? formattedValueToString(display(value)) : String(value));
}

/** Lines over time. */
function Graph(props: PanelProps<Options>) {
  const { data, width, height, options, timeRange, timeZone, fieldConfig, onChangeTimeRange } = props;
  const { sync, eventsScope } = usePanelContext();
  const frames = useMemo(() => drawable(data.series), [data.series]);
  const exemplars = useMemo(() => exemplarsOf(data.annotations), [data.annotations]);
  const marks = useMemo(() => timeMarksOf(data.annotations), [data.annotations]);
  if (!hasData(data) || frames.length === 0) return <NoData data={data} fieldConfig={fieldConfig} />;
  const { mode, sort, hideZeros } = options.tooltip;
  return (
    <TimeSeries
      frames={frames}
      structureRev={data.structureRev}
      width={width}
      height={height}
      timeRange={timeRange}
      timeZone={[timeZone, ...(options.timezone ?? [])].slice(0, 1)}
      legend={options.legend}
      options={options}
    >
      {(config, aligned) => (
        <>
          <KeyboardPlugin config={config} />
          {mode !== TooltipDisplayMode.None && (
            <TooltipPlugin2
              config={config}
              hoverMode={hoverMode(mode)}
              syncMode={sync?.() ?? DashboardCursorSync.Off}
              syncScope={eventsScope}
              queryZoom={onChangeTimeRange}
              render={(u, dataIdxs, seriesIdx, isPinned) => {
                const xField = aligned.fields[0];
                if (xField === undefined) return null;
                const at = u.data[0]?.[dataIdxs[0] ?? 0];
                const label = xField.display ? formattedValueToString(xField.display(at)) : String(at);
                const items = getFieldDisplayItems(
                  aligned.fields,
                  xField,
                  dataIdxs,
                  seriesIdx,
                  mode,
                  sort,
                  ({ type, config: { custom } }) =>
                    type === FieldType.number && !(custom as FieldConfig | undefined)?.hideFrom?.viz,
                  hideZeros,
                );
                return (
                  <VizTooltipWrapper>
                    <VizTooltipHeader item={{ label, value: "" }} isPinned={isPinned} />
                    <VizTooltipContent items={items} isPinned={isPinned} />
                  </VizTooltipWrapper>
                );
              }}
            />
          )}
          {marks.length > 0 && <TimeMarks config={config} marks={marks} timeZone={timeZone} />}
          {exemplars.length > 0 && (
            <ExemplarMarks
              config={config}
              exemplars={exemplars}
              timeZone={timeZone}
              text={valueText(aligned)}
            />
          )}
        </>
      )}
    </TimeSeries>
  );
}

export const plugin = new PanelPlugin<Options, FieldConfig>(Graph)
  .useFieldConfig({
    standardOptions: {
      [FieldConfigProperty.Color]: { defaultValue: { mode: FieldColorModeId.PaletteClassic } },
    },
    useCustomConfig: (builder) =>
      declareCustom(builder, {
        drawStyle: "line",
        lineInterpolation: "linear",
        barAlignment: 0,
        barWidthFactor: 0.6,
        lineWidth: 1,
        fillOpacity: 0,
        gradientMode: "none",
        fillBelowTo: undefined,
        lineStyle: undefined,
        lineColor: undefined,
        spanNulls: false,
        insertNulls: false,
        showPoints: "auto",
        pointSize: 5,
        stacking: { mode: "none", group: "A" },
        transform: undefined,
        axisPlacement: "auto",
        axisLabel: "",
        axisWidth: undefined,
        axisSoftMin: undefined,
        axisSoftMax: undefined,
        axisGridShow: undefined,
        axisColorMode: "text",
        axisBorderShow: false,
        axisCenteredZero: false,
        scaleDistribution: { type: "linear" },
        hideFrom: { tooltip: false, viz: false, legend: false },
        thresholdsStyle: { mode: "off" },
      }),
  })
  .setPanelOptions((builder) =>
    declareOptions(builder, {
      legend: { displayMode: "list", placement: "bottom", showLegend: true, calcs: [] },
      tooltip: { mode: "single", sort: "none", hideZeros: false },
    }),
  )
  .setDataSupport({ annotations: true });
