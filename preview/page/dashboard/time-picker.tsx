import type { SceneTimePicker } from "@grafana/scenes";
import { useLayoutEffect, useRef } from "react";

/** The choice of the time. Its button is called what stands on it: by itself it leaves out the time zone. */
export function TimePicker({ picker }: { readonly picker: SceneTimePicker }) {
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (frame.current === null) return;
    const name = () => {
      const button = frame.current?.querySelector<HTMLElement>(
        '[data-testid="data-testid TimePicker Open Button"]',
      );
      if (!button) return;
      // Where it is narrow nothing stands on it.
      if (button.innerText.trim() === "") button.setAttribute("aria-label", "Time range");
      else if (button.hasAttribute("aria-label")) button.removeAttribute("aria-label");
    };
    const observer = new MutationObserver(name);
    observer.observe(frame.current, {
      childList: true,
      subtree: true,
      characterData: true,
    });
    name();
    window.addEventListener("resize", name);
    return () => {
      window.removeEventListener("resize", name);
      observer.disconnect();
    };
  }, []);
  return (
    <div ref={frame}>
      <picker.Component model={picker} />
    </div>
  );
}
