// How a dashboard's panels stand in rows. Pure: the unit tests of the root read it.

import type { ClassicDashboard, ClassicPanel, GridPos } from "./classic";

/** A panel at its place within its section. */
export interface Placed {
  readonly panel: ClassicPanel;
  readonly at: GridPos;
}

/** The panels below a heading, or those at the top. */
export interface Section {
  /** Undefined of the panels that stand above the first row. */
  readonly title?: string;
  readonly folded: boolean;
  readonly repeat?: string;
  readonly panels: readonly Placed[];
}

/** The sections of a dashboard, those of old exports (`rows`) too. */
export function sectionsOf({ panels = [], rows }: ClassicDashboard): Section[] {
  if (rows !== undefined && panels.length === 0) return rows.map(oldRow);
  const sections: { title?: string; folded: boolean; repeat?: string; panels: ClassicPanel[] }[] = [];
  for (const panel of [...panels].sort(byPlace)) {
    if (panel.type === "row") {
      const { title = "", collapsed = false, repeat, panels: inside = [] } = panel;
      sections.push({ title, folded: collapsed, ...(repeat && { repeat }), panels: [...inside] });
      continue;
    }
    if (sections.length === 0) sections.push({ folded: false, panels: [] });
    sections.at(-1)?.panels.push(panel);
  }
  return sections.map((section) => ({ ...section, panels: placed(section.panels) }));
}

function byPlace(one: ClassicPanel, other: ClassicPanel): number {
  const { x = 0, y = 0 } = one.gridPos ?? {};
  const { x: otherX = 0, y: otherY = 0 } = other.gridPos ?? {};
  return y - otherY || x - otherX;
}

function placed(panels: readonly ClassicPanel[]): Placed[] {
  const all = [...panels]
    .sort(byPlace)
    .map((panel) => ({ panel, at: { x: 0, y: 0, w: 12, h: 8, ...panel.gridPos } }));
  const top = Math.min(...all.map(({ at }) => at.y));
  return all.map(({ panel, at }) => ({ panel, at: { ...at, y: at.y - top } }));
}

/** Rows of exports from before Grafana 5, whose panels have a span of 12 and no place. */
function oldRow({
  title,
  collapse = false,
  panels = [],
}: NonNullable<ClassicDashboard["rows"]>[number]): Section {
  let [x, y] = [0, 0];
  const all = panels.map((panel) => {
    const w = Math.min(24, Math.max(1, Math.round(((panel as { span?: number }).span ?? 6) * 2)));
    if (x + w > 24) [x, y] = [0, y + 8];
    const at = { x, y, w, h: 8 };
    x += w;
    return { panel, at };
  });
  return { ...(title && { title }), folded: collapse, panels: all };
}
