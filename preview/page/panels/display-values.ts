import {
  FieldColorModeId,
  FieldConfigProperty,
  getFieldDisplayValues,
  type FieldDisplay,
  type PanelProps,
} from "@grafana/data";
import { config } from "@grafana/runtime";
import type { ReduceDataOptions } from "@grafana/schema";

/** Options of panels that show one value of each series. */
export interface ReducedOptions {
  readonly reduceOptions: ReduceDataOptions;
}

/** The values of a panel that shows one of each series; where there are none, one that says so. */
export function displayValues<T extends ReducedOptions>(
  { data, options, fieldConfig, replaceVariables, timeZone }: PanelProps<T>,
  more: { readonly sparkline?: boolean; readonly percentChange?: boolean } = {},
): FieldDisplay[] {
  const { reduceOptions } = options;
  const theme = config.theme2;
  return getFieldDisplayValues({
    fieldConfig,
    reduceOptions,
    replaceVariables,
    theme,
    data: data.series,
    timeZone,
    ...more,
  });
}

/** What of each series is shown, where the panel does not say it. */
export const reducedDefaults = { reduceOptions: { calcs: ["lastNotNull"], values: false, fields: "" } };

/** Such values are coloured by their thresholds, where the panel does not say it. */
export const coloredByThresholds = {
  standardOptions: { [FieldConfigProperty.Color]: { defaultValue: { mode: FieldColorModeId.Thresholds } } },
};
