import type { UPlotConfigBuilder } from "@grafana/ui";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type uPlot from "uplot";

/**
 * The plot of a configuration, and a new count whenever it was drawn with other scales or another size. `paint` draws on
 * its canvas, below the lines.
 */
export function usePlot(config: UPlotConfigBuilder, paint?: (plot: uPlot) => void) {
  const [drawn, setDrawn] = useState<{ readonly plot: uPlot; readonly form: string }>();
  const painter = useRef(paint);
  painter.current = paint;

  useLayoutEffect(() => {
    // Once for each configuration, which keeps its hooks.
    config.addHook("drawClear", (plot) => painter.current?.(plot));
    config.addHook("draw", (plot) => {
      const scales = Object.values(plot.scales).map(({ min, max }) => [min, max]);
      const form = JSON.stringify([scales, plot.over.clientWidth, plot.over.clientHeight]);
      setDrawn((before) => (before?.plot === plot && before.form === form ? before : { plot, form }));
    });
    config.addHook("destroy", () => setDrawn(undefined));
  }, [config]);

  // What it paints may have changed while the plot has not.
  useEffect(() => {
    drawn?.plot.redraw(false);
  }, [paint, drawn?.plot]);

  return drawn?.plot;
}
