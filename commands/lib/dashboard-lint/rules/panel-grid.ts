import type { Panel } from "../dashboard";
import type { Rule } from "../rule";

/** Columns of Grafana's grid. */
const columns = 24;

/** Grafana moves what overlaps, so that the dashboard looks different from what was meant. */
export const panelGrid: Rule = {
  name: "panel-grid",
  summary: "Every panel has a place on the grid of 24 columns, which no other panel has.",
  check({ panels }) {
    const placed = panels.filter(({ json }) => json.gridPos);
    return [
      ...panels.filter(({ json }) => !json.gridPos).map((panel) => ({ panel, message: "has no place" })),
      ...placed.flatMap((panel) =>
        isOnGrid(panel) ? [] : [{ panel, message: `is off the grid: ${place(panel)}` }],
      ),
      ...placed.flatMap((panel, index) =>
        placed
          .slice(index + 1)
          // A folded row lays out its panels by itself.
          .filter((other) => other.row === panel.row && overlap(panel, other))
          .map((other) => ({
            panel: other,
            message: `overlaps "${panel.name}": ${place(other)} and ${place(panel)}`,
          })),
      ),
    ];
  },
};

function isOnGrid({ json: { gridPos } }: Panel): boolean {
  if (!gridPos) return false;
  const { x, y, w, h } = gridPos;
  return [x, y, w, h].every(Number.isInteger) && x >= 0 && y >= 0 && w >= 1 && h >= 1 && x + w <= columns;
}

function overlap({ json: { gridPos: one } }: Panel, { json: { gridPos: other } }: Panel): boolean {
  if (!one || !other) return false;
  const across = one.x < other.x + other.w && other.x < one.x + one.w;
  return across && one.y < other.y + other.h && other.y < one.y + one.h;
}

function place({ json: { gridPos } }: Panel): string {
  if (!gridPos) return "nowhere";
  const { x, y, w, h } = gridPos;
  return `x ${String(x)}, y ${String(y)}, ${String(w)} wide, ${String(h)} high`;
}
