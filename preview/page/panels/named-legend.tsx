import { useEffect, useRef, type ReactNode } from "react";

/**
 * A graph whose legend's buttons are called by their series. In a legend that is a list they are called by their state
 * alone, "All series selected", whatever is written on them.
 */
export function NamedLegend({ children }: { readonly children: ReactNode }) {
  const graph = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = graph.current;
    if (root === null) return undefined;
    const name = () => {
      for (const button of root.querySelectorAll('button[class*="LegendLabel"][aria-label]')) {
        const series = button.textContent ?? "";
        const state = button.getAttribute("aria-label") ?? "";
        if (!state.startsWith(series)) button.setAttribute("aria-label", `${series}: ${state}`);
      }
    };
    name();
    const observer = new MutationObserver(name);
    observer.observe(root, { subtree: true, childList: true, attributeFilter: ["aria-label"] });
    return () => {
      observer.disconnect();
    };
  }, []);
  return (
    <div ref={graph} style={{ display: "contents" }}>
      {children}
    </div>
  );
}
