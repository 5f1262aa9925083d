import type { Panel } from "../dashboard";
import type { Rule } from "../rule";

/** Columns of Grafana's grid. */
const columns = 24;

/** Where a panel lies, in columns and rows of the grid. */
interface Area {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Grafana moves what overlaps, so that the dashboard looks different from what was meant. */
export const panelGrid: Rule = {
  name: "panel-grid",
  summary: "Every panel has a place on the grid of 24 columns, which no other panel has.",
  check({ panels, layout }) {
    if (layout === "rows") return [];
    const areas = panels.map((panel) => ({ panel, area: areaOf(panel) }));
    const placed = areas.flatMap(({ panel, area }) => (typeof area === "string" ? [] : [{ panel, area }]));
    return [
      ...areas.flatMap(({ panel, area }) => (typeof area === "string" ? [{ panel, message: area }] : [])),
      ...placed.flatMap(({ panel, area }) =>
        isOnGrid(area) ? [] : [{ panel, message: `is off the grid: ${described(area)}` }],
      ),
      ...placed.flatMap(({ panel, area }, index) =>
        placed
          .slice(index + 1)
          // A folded row lays out its panels by itself.
          .filter((other) => other.panel.row === panel.row && overlap(area, other.area))
          .map((other) => ({
            panel: other.panel,
            message: `overlaps "${panel.name}": ${described(other.area)} and ${described(area)}`,
          })),
      ),
    ];
  },
};

/** A panel's area, or what it lacks. */
function areaOf({ json: { type, gridPos } }: Panel): Area | string {
  if (!gridPos) return "has no place";
  const { x, y, w, h } = gridPos;
  // A row is as wide as the grid, whatever it says.
  if (type === "row" && typeof y === "number") return { x: 0, y, w: columns, h: 1 };
  const missing = Object.entries({ x, y, w, h }).flatMap(([name, value]) =>
    typeof value === "number" ? [] : [name],
  );
  if (typeof x === "number" && typeof y === "number" && typeof w === "number" && typeof h === "number")
    return { x, y, w, h };
  return `has no ${missing.join(", ")} in its place`;
}

function isOnGrid({ x, y, w, h }: Area): boolean {
  return [x, y, w, h].every(Number.isInteger) && x >= 0 && y >= 0 && w >= 1 && h >= 1 && x + w <= columns;
}

function overlap(one: Area, other: Area): boolean {
  const across = one.x < other.x + other.w && other.x < one.x + one.w;
  return across && one.y < other.y + other.h && other.y < one.y + one.h;
}

function described({ x, y, w, h }: Area): string {
  return `x ${String(x)}, y ${String(y)}, ${String(w)} wide, ${String(h)} high`;
}
