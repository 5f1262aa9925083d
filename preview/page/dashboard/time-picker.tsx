import { sceneGraph, type SceneTimePicker } from "@grafana/scenes";
import { useLayoutEffect, useRef } from "react";

/** The choice of the time. Its button is called what stands on it: by itself it leaves out the time zone. */
export function TimePicker({ picker }: { readonly picker: SceneTimePicker }) {
  const frame = useRef<HTMLDivElement>(null);
  const { value } = sceneGraph.getTimeRange(picker).useState();
  useLayoutEffect(() => {
    const button = frame.current?.querySelector<HTMLElement>('button[aria-label^="Time range selected"]');
    const text = (button?.innerText ?? "").replace(/\s+/g, " ").trim();
    if (button && text !== "") button.setAttribute("aria-label", `Time range selected: ${text}`);
  }, [value]);
  return (
    <div ref={frame}>
      <picker.Component model={picker} />
    </div>
  );
}
