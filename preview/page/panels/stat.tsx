import {
  FieldColorModeId,
  FieldConfigProperty,
  getDisplayValueAlignmentFactors,
  getFieldDisplayValues,
  PanelPlugin,
  VizOrientation,
  type FieldDisplay,
  type PanelProps,
} from "@grafana/data";
import { config } from "@grafana/runtime";
import type { ReduceDataOptions } from "@grafana/schema";
import {
  BigValue,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  useTheme2,
  VizRepeater,
  type VizRepeaterRenderValueProps,
} from "@grafana/ui";
import { declareOptions } from "./declare";
import type { Options } from "@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen";

type Alignment = ReturnType<typeof getDisplayValueAlignmentFactors>;

/** Numbers with names. */
function Stat(props: PanelProps<Options>) {
  const { data, width, height, options, fieldConfig, replaceVariables, timeZone, renderCounter } = props;
  const theme = useTheme2();
  const values = (): FieldDisplay[] =>
    getFieldDisplayValues({
      fieldConfig,
      reduceOptions: options.reduceOptions as ReduceDataOptions,
      replaceVariables,
      theme: config.theme2,
      data: data.series,
      sparkline: options.graphMode !== BigValueGraphMode.None,
      percentChange: options.showPercentChange,
      timeZone,
    });
  const one = ({
    value,
    width,
    height,
    alignmentFactors,
    count,
  }: VizRepeaterRenderValueProps<FieldDisplay, Alignment>) => (
    <BigValue
      value={value.display}
      count={count}
      sparkline={value.sparkline}
      colorMode={options.colorMode as unknown as BigValueColorMode}
      graphMode={options.graphMode as unknown as BigValueGraphMode}
      justifyMode={options.justifyMode as unknown as BigValueJustifyMode}
      textMode={options.textMode as unknown as never}
      alignmentFactors={alignmentFactors}
      percentChangeColorMode={options.percentChangeColorMode}
      text={options.text}
      width={width}
      height={height}
      theme={theme}
      disableWideLayout={!options.wideLayout}
    />
  );
  return (
    <VizRepeater
      getValues={values}
      getAlignmentFactors={(shown: FieldDisplay[]) => getDisplayValueAlignmentFactors(shown)}
      renderValue={one}
      width={width}
      height={height}
      source={data}
      autoGrid
      renderCounter={renderCounter}
      orientation={options.orientation as unknown as VizOrientation}
    />
  );
}

export const plugin = new PanelPlugin<Options>(Stat)
  .useFieldConfig({
    standardOptions: { [FieldConfigProperty.Color]: { defaultValue: { mode: FieldColorModeId.Thresholds } } },
  })
  .setPanelOptions((builder) =>
    declareOptions(builder, {
      graphMode: "area",
      colorMode: "value",
      justifyMode: "auto",
      textMode: "auto",
      wideLayout: true,
      showPercentChange: false,
      percentChangeColorMode: "standard",
      orientation: "auto",
      reduceOptions: { calcs: ["lastNotNull"], values: false, fields: "" },
    }),
  );
