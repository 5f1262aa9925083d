import {
  getDisplayValueAlignmentFactors,
  PanelPlugin,
  type FieldDisplay,
  type PanelProps,
  type VizOrientation,
} from "@grafana/data";
import type { Options } from "@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen";
import { BarGauge, useTheme2, VizRepeater, type VizRepeaterRenderValueProps } from "@grafana/ui";
import { declareOptions } from "./declare";
import { coloredByThresholds, displayValues, reducedDefaults } from "./display-values";

type Alignment = ReturnType<typeof getDisplayValueAlignmentFactors>;

/** Values as bars from their least to their greatest. */
function Bars(props: PanelProps<Options>) {
  const { data, width, height, options, renderCounter } = props;
  const theme = useTheme2();
  const renderValue = ({
    value,
    width,
    height,
    orientation,
    alignmentFactors,
  }: VizRepeaterRenderValueProps<FieldDisplay, Alignment>) => (
    <BarGauge
      value={value.display}
      width={width}
      height={height}
      orientation={orientation}
      field={value.field}
      display={value.view?.getFieldDisplayProcessor(value.colIndex ?? 0)}
      text={options.text}
      theme={theme}
      itemSpacing={8}
      displayMode={options.displayMode}
      showUnfilled={options.showUnfilled}
      valueDisplayMode={options.valueMode}
      namePlacement={options.namePlacement}
      alignmentFactors={alignmentFactors}
    />
  );
  return (
    <VizRepeater
      getValues={() => displayValues(props)}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={renderValue}
      width={width}
      height={height}
      source={data}
      itemSpacing={8}
      minVizHeight={options.minVizHeight}
      minVizWidth={options.minVizWidth}
      renderCounter={renderCounter}
      orientation={options.orientation as string as VizOrientation}
    />
  );
}

export const plugin = new PanelPlugin<Options>(Bars)
  .useFieldConfig(coloredByThresholds)
  .setPanelOptions((builder) =>
    declareOptions(builder, {
      ...reducedDefaults,
      displayMode: "gradient",
      valueMode: "color",
      namePlacement: "auto",
      showUnfilled: true,
      minVizWidth: 8,
      minVizHeight: 16,
      orientation: "auto",
    }),
  );
