import { isContainer } from "./json-difference";

type Json = Readonly<Record<string, unknown>>;

/** A panel of a dashboard, or a row's heading. */
export interface ShownPanel {
  readonly title: string;
  readonly type: string;
  readonly id: unknown;
  /** Title of the row that it stands in. Empty above the first one, and of a heading. */
  readonly row: string;
  /** As Grafana gets it, but for the panels inside of a folded row. */
  readonly json: Json;
}

/** Panels and headings in the order in which they are read. */
export function shownPanelsOf(dashboard: Json): readonly ShownPanel[] {
  const { panels } = dashboard;
  let row = "";
  const outer = Array.isArray(panels) ? panels.filter(isContainer) : [];
  return [...outer].sort(byPlace).flatMap((json): ShownPanel[] => {
    if (json.type !== "row") return [shownPanel(json, row)];
    const { panels: inside, ...heading } = json;
    row = textOf(json.title);
    const folded = Array.isArray(inside) ? inside.filter(isContainer).sort(byPlace) : [];
    return [shownPanel(heading, ""), ...folded.map((each) => shownPanel(each, row))];
  });
}

/** A place in Grafana's grid of 24 columns. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Where a panel stands; what it does not say is what Grafana takes. */
export function placeOf(json: Json): Place {
  const at = isContainer(json.gridPos) ? json.gridPos : {};
  const number = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);
  return { x: number(at.x, 0), y: number(at.y, 0), w: number(at.w, 12), h: number(at.h, 8) };
}

function shownPanel(json: Json, row: string): ShownPanel {
  return { title: textOf(json.title), type: textOf(json.type), id: json.id, row, json };
}

function byPlace(one: Json, other: Json): number {
  const [first, second] = [placeOf(one), placeOf(other)];
  return first.y - second.y || first.x - second.x;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
