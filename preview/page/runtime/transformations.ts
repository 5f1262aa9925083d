import { standardTransformers, standardTransformersRegistry, type DataTransformerInfo } from "@grafana/data";
import { NoEditor } from "./field-options";

let isInitialized = false;

/** Makes the transformations known that Grafana's library has. Few dashboards have any: this is loaded when one does. */
export function initTransformations(): void {
  if (isInitialized) return;
  isInitialized = true;
  // Some stand there under two names.
  const byId = new Map(
    Object.values(standardTransformers).map((info) => [info.id, info as DataTransformerInfo]),
  );
  standardTransformersRegistry.setInit(() =>
    [...byId.values()].map((info) => ({
      id: info.id,
      name: info.name,
      transformation: () => Promise.resolve(info),
      editor: NoEditor,
      imageDark: "",
      imageLight: "",
    })),
  );
}

/** Whether a transformation is made. */
export function isKnown(id: string): boolean {
  return standardTransformersRegistry.getIfExists(id) !== undefined;
}
