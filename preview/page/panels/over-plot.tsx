import type { ReactNode } from "react";
import { createPortal } from "react-dom";
import type uPlot from "uplot";

/** What lies over a plot's area without being in its way: beside the area that follows the pointer, not in it. */
export function OverPlot({ plot, children }: { readonly plot: uPlot; readonly children: ReactNode }) {
  const { offsetLeft, offsetTop, clientWidth, clientHeight } = plot.over;
  const style = { left: offsetLeft, top: offsetTop, width: clientWidth, height: clientHeight };
  return createPortal(
    <div className="over-plot" style={style}>
      {children}
    </div>,
    plot.over.parentElement ?? plot.root,
  );
}
