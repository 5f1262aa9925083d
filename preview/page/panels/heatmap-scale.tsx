import type { CellColors } from "./heatmap-colors";

/** What the colours of a heatmap stand for, from the least count to the greatest. */
export function HeatmapScale({
  colors: { palette, min, max },
  text,
  at,
}: {
  readonly colors: CellColors;
  readonly text: (count: number) => string;
  /** Share of the way from the least to the greatest that is marked. */
  readonly at?: number;
}) {
  return (
    <div className="heatmap-scale">
      <span>{text(min)}</span>
      <span
        className="heatmap-scale-bar"
        role="img"
        aria-label={`Colours from ${text(min)} to ${text(max)}`}
        style={{ background: `linear-gradient(90deg, ${palette.join(", ")})` }}
      >
        {at !== undefined && <span className="heatmap-scale-at" style={{ left: `${String(at * 100)}%` }} />}
      </span>
      <span>{text(max)}</span>
    </div>
  );
}
