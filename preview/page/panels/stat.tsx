import {
  getDisplayValueAlignmentFactors,
  PanelPlugin,
  type FieldDisplay,
  type PanelProps,
  type VizOrientation,
} from "@grafana/data";
import type { Options } from "@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen";
import {
  BigValue,
  BigValueGraphMode,
  useTheme2,
  VizRepeater,
  type BigValueColorMode,
  type BigValueJustifyMode,
  type BigValueTextMode,
  type VizRepeaterRenderValueProps,
} from "@grafana/ui";
import { declareOptions } from "./declare";
import { coloredByThresholds, displayValues, reducedDefaults } from "./display-values";
import { legible } from "./legible";

type Alignment = ReturnType<typeof getDisplayValueAlignmentFactors>;

/** Numbers with names. */
function Stat(props: PanelProps<Options>) {
  const { data, width, height, options, renderCounter } = props;
  const theme = useTheme2();
  const graphMode = options.graphMode as string as BigValueGraphMode;
  const onText = (options.colorMode as string) === "value";
  const values = () =>
    displayValues(props, {
      sparkline: graphMode !== BigValueGraphMode.None,
      percentChange: options.showPercentChange,
    });
  const renderValue = (shown: VizRepeaterRenderValueProps<FieldDisplay, Alignment>) => (
    <BigValue
      value={
        onText
          ? { ...shown.value.display, color: legible(shown.value.display.color, theme) }
          : shown.value.display
      }
      count={shown.count}
      sparkline={shown.value.sparkline}
      colorMode={options.colorMode as string as BigValueColorMode}
      graphMode={graphMode}
      justifyMode={options.justifyMode as string as BigValueJustifyMode}
      textMode={options.textMode as string as BigValueTextMode}
      alignmentFactors={shown.alignmentFactors}
      percentChangeColorMode={options.percentChangeColorMode}
      text={options.text}
      width={shown.width}
      height={shown.height}
      theme={theme}
      disableWideLayout={!options.wideLayout}
    />
  );
  return (
    <VizRepeater
      getValues={values}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={renderValue}
      width={width}
      height={height}
      source={data}
      autoGrid
      renderCounter={renderCounter}
      orientation={options.orientation as string as VizOrientation}
    />
  );
}

export const plugin = new PanelPlugin<Options>(Stat)
  .useFieldConfig(coloredByThresholds)
  .setPanelOptions((builder) =>
    declareOptions(builder, {
      ...reducedDefaults,
      graphMode: "area",
      colorMode: "value",
      justifyMode: "auto",
      textMode: "auto",
      wideLayout: true,
      showPercentChange: false,
      percentChangeColorMode: "standard",
      orientation: "auto",
    }),
  );
