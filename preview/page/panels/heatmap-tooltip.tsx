import { dateTime, dateTimeFormat, type AbsoluteTimeRange, type TimeZone } from "@grafana/data";
import type { Options } from "@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen";
import { Portal, VizTooltipContainer, type UPlotConfigBuilder } from "@grafana/ui";
import { useLayoutEffect, useRef, useState } from "react";
import type { Cells } from "./heatmap-cells";
import type { CellColors } from "./heatmap-colors";
import { boundText } from "./heatmap-config";
import { HeatmapScale } from "./heatmap-scale";

interface Hovered {
  readonly column: number;
  readonly bucket: number;
  readonly x: number;
  readonly y: number;
}

/** Tells of the cell below the pointer, or where the arrow keys have led. A stretch that is drawn over zooms into it. */
export function HeatmapTooltip({
  config,
  cells,
  colors,
  options,
  timeZone,
  countText,
  onZoom,
}: {
  readonly config: UPlotConfigBuilder;
  readonly cells: Cells;
  readonly colors: CellColors;
  readonly options: Options;
  readonly timeZone: TimeZone;
  readonly countText: (count: number) => string;
  readonly onZoom: (range: AbsoluteTimeRange) => void;
}) {
  const [hovered, setHovered] = useState<Hovered>();
  const now = useRef({ cells, onZoom });
  now.current = { cells, onZoom };
  useLayoutEffect(() => {
    config.addHook("setCursor", (plot) => {
      const { left = -1, top = -1 } = plot.cursor;
      // Other graphs move this one's cursor, too.
      const isHere = plot.over.matches(":hover") || plot.root.matches(":focus");
      if (left < 0 || top < 0 || !isHere) return setHovered(undefined);
      const [time, y] = [plot.posToVal(left, "x"), plot.posToVal(top, "y")];
      const { times, width, names } = now.current.cells;
      const column = times.findIndex((at) => time > at - width && time <= at);
      const bucket = Math.floor(y);
      if (column < 0 || bucket < 0 || bucket >= names.length) return setHovered(undefined);
      const rect = plot.over.getBoundingClientRect();
      setHovered({ column, bucket, x: rect.left + left, y: rect.top + top });
    });
    config.addHook("setSelect", (plot) => {
      const { left, width } = plot.select;
      if (width <= 1) return;
      const at = (position: number) => dateTime(plot.posToVal(position, "x")).valueOf();
      now.current.onZoom({ from: at(left), to: at(left + width) });
      plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    });
  }, [config]);
  if (hovered === undefined || options.tooltip.mode === "none") return null;
  const { column, bucket, x, y } = hovered;
  const count = cells.counts[bucket]?.[column] ?? null;
  const at = cells.times[column] ?? 0;
  const from = bucket === 0 ? "0" : boundText(options, cells.names[bucket - 1] ?? "");
  const column_ = cells.counts.map((row) => row[column] ?? 0);
  const most = Math.max(...column_, 1e-12);
  return (
    <Portal>
      <VizTooltipContainer position={{ x, y }} offset={{ x: 12, y: 12 }} className="heatmap-tooltip">
        <strong>
          {dateTimeFormat(at - cells.width, { timeZone })} to{" "}
          {dateTimeFormat(at, { timeZone, format: "HH:mm:ss" })}
        </strong>
        <div>
          {from} to {boundText(options, cells.names[bucket] ?? "")}:{" "}
          <b>{count === null ? "none" : countText(count)}</b>
        </div>
        {options.tooltip.showColorScale && count !== null && (
          <HeatmapScale
            colors={colors}
            text={countText}
            at={(count - colors.min) / (colors.max - colors.min || 1)}
          />
        )}
        {options.tooltip.yHistogram && (
          <div className="heatmap-histogram" aria-hidden>
            {column_.map((value, index) => (
              <span
                key={index}
                className={index === bucket ? "heatmap-histogram-here" : undefined}
                style={{ height: `${String((value / most) * 100)}%` }}
              />
            ))}
          </div>
        )}
      </VizTooltipContainer>
    </Portal>
  );
}
