import type { Dashboard, GridPos, Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { report } from "../metrics/problems";
import { noted, type Parts, partsOf } from "./asked";

type Placed = NonNullable<Dashboard["panels"]>[number];

/** Places the panels from left to right, a new line where the next one does not fit. */
function arranged(uid: string, rows: Parts["rows"]): Placed[] {
  const ids = new Map<number, string>();
  const newId = (title: string) => {
    const id = idOf(title);
    const other = ids.get(id);
    if (other !== undefined) {
      const allowed = `a title whose id is not that of "${other}"`;
      report({ what: `dashboard ${uid}: panel: title`, found: title, allowed });
    }
    ids.set(id, title);
    return id;
  };
  let y = 0;
  return rows.flatMap(({ title, folded = false, panels }): Placed[] => {
    const heading =
      title === undefined ? undefined : { id: newId(`row ${title}`), at: { x: 0, y: y++, w: 24, h: 1 } };
    let [x, lineHeight] = [0, 0];
    const placed = panels.map(({ panel }): Panel => {
      const { w, h } = panel.gridPos ?? { w: 12, h: 8 };
      if (x + w > 24) [x, y, lineHeight] = [0, y + lineHeight, 0];
      const at: GridPos = { x, y, w, h };
      [x, lineHeight] = [x + w, Math.max(lineHeight, h)];
      return { ...panel, id: newId(panel.title ?? ""), gridPos: at };
    });
    y += lineHeight;
    if (heading === undefined) return placed;
    const row = { type: "row" as const, title, collapsed: folded, id: heading.id, gridPos: heading.at };
    return folded ? [{ ...row, panels: placed }] : [{ ...row, panels: [] }, ...placed];
  });
}

/** An id that stays while panels come and go beside it: FNV-1a of the title, in 30 bits. */
function idOf(title: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(title)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return (hash >>> 2) + 1;
}

/** A dashboard of these parts, in the place of those that it has. */
export function composed(frame: Dashboard, parts: Parts): Dashboard {
  const list = parts.variables.map(({ model }) => model);
  const panels = arranged(frame.uid ?? "", parts.rows);
  return noted({ ...frame, templating: { ...frame.templating, list }, panels }, parts);
}

/** The same dashboard in another time zone, asked again at other times. */
export function reframed(dashboard: Dashboard, frame: Pick<Dashboard, "timezone" | "refresh">): Dashboard {
  const parts = partsOf(dashboard);
  const changed = { ...dashboard, ...frame };
  return parts === undefined ? changed : noted(changed, parts);
}
