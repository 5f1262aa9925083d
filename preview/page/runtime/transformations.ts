import { standardTransformers, standardTransformersRegistry, type DataTransformerInfo } from "@grafana/data";
import { NoEditor } from "./field-options";

let isInitialized = false;

/** Makes the transformations known that Grafana's library has. Few dashboards have any: this is loaded when one does. */
export function initTransformations(): void {
  if (isInitialized) return;
  isInitialized = true;
  standardTransformersRegistry.setInit(() =>
    Object.values(standardTransformers).map((info) => {
      const { id, name } = info as DataTransformerInfo;
      const transformation = () => Promise.resolve(info as DataTransformerInfo);
      return { id, name, transformation, editor: NoEditor, imageDark: "", imageLight: "" };
    }),
  );
}

/** Whether a transformation is made. */
export function isKnown(id: string): boolean {
  return standardTransformersRegistry.getIfExists(id) !== undefined;
}
