import {
  booleanOverrideProcessor,
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  FieldColorModeId,
  identityOverrideProcessor,
  numberOverrideProcessor,
  standardFieldConfigEditorRegistry,
  stringOverrideProcessor,
  thresholdsOverrideProcessor,
  ThresholdsMode,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
  type FieldConfigPropertyItem,
} from "@grafana/data";

type Process = FieldConfigPropertyItem["process"];

/** What the fields of all kinds of panels may have: how each is read, and what it is by itself. */
const options: readonly (readonly [path: string, process: unknown, byDefault?: unknown])[] = [
  ["unit", unitOverrideProcessor],
  ["min", numberOverrideProcessor],
  ["max", numberOverrideProcessor],
  ["fieldMinMax", booleanOverrideProcessor],
  ["decimals", numberOverrideProcessor],
  ["displayName", displayNameOverrideProcessor],
  ["noValue", stringOverrideProcessor],
  ["color", identityOverrideProcessor, { mode: FieldColorModeId.Thresholds }],
  [
    "thresholds",
    thresholdsOverrideProcessor,
    {
      mode: ThresholdsMode.Absolute,
      steps: [
        { value: -Infinity, color: "green" },
        { value: 80, color: "red" },
      ],
    },
  ],
  ["mappings", valueMappingsOverrideProcessor, []],
  ["links", dataLinksOverrideProcessor],
];

/** Nobody edits here. */
export const NoEditor = () => null;

/** Makes units, thresholds, colours and the like of a panel's fields take effect. */
export function initFieldOptions(): void {
  standardFieldConfigEditorRegistry.setInit(() =>
    options.map(([path, process, byDefault]): FieldConfigPropertyItem => ({
      id: path,
      path,
      name: path,
      editor: NoEditor,
      override: NoEditor,
      process: process as Process,
      shouldApply: () => true,
      defaultValue: byDefault,
    })),
  );
}
