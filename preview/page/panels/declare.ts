import {
  identityOverrideProcessor,
  type FieldConfigEditorBuilder,
  type PanelOptionsEditorBuilder,
} from "@grafana/data";
import { NoEditor } from "../runtime/field-options";

type Defaults = Readonly<Record<string, unknown>>;

/** Declares what a kind of panel may have, by path, and what each is by itself. */
export function declareOptions<T>(builder: PanelOptionsEditorBuilder<T>, byDefault: Defaults): void {
  for (const [path, defaultValue] of Object.entries(byDefault))
    builder.addCustomEditor<unknown, unknown>({
      id: path,
      path: path as never,
      name: path,
      editor: NoEditor,
      defaultValue,
    });
}

/** Declares what the fields of a kind of panel may have besides (`custom`), and what each is by itself. */
export function declareCustom<T>(builder: FieldConfigEditorBuilder<T>, byDefault: Defaults): void {
  for (const [path, defaultValue] of Object.entries(byDefault)) {
    builder.addCustomEditor<unknown, unknown>({
      id: path,
      path: path as never,
      name: path,
      editor: NoEditor,
      override: NoEditor,
      process: identityOverrideProcessor,
      shouldApply: () => true,
      defaultValue,
    });
  }
}
