import { type ShownPanel, shownPanelsOf } from "./shown-panels";

type Json = Record<string, unknown>;

/** A dashboard as it is drawn. */
export interface DrawnJson {
  readonly json: Readonly<Record<string, unknown>>;
  /** By the order of `shownPanelsOf`: the id that the panel has in it. */
  readonly ids: readonly number[];
}

/**
 * A dashboard with ids of which each is one panel's, and with some of its rows unfolded, so that what is in them shows.
 * @param unfolded titles of rows
 */
export function drawnJson(
  dashboard: Readonly<Record<string, unknown>>,
  unfolded: ReadonlySet<string>,
): DrawnJson {
  // What was built by code may have methods.
  const json = JSON.parse(JSON.stringify(dashboard)) as Json;
  const shown = shownPanelsOf(json);
  const ids = shown.map((_, index) => index + 1);
  for (const [index, panel] of shown.entries()) {
    if (panel.type !== "row") (panel.json as Json).id = ids[index];
  }
  const panels = Array.isArray(json.panels) ? (json.panels as Json[]) : [];
  for (const row of panels) {
    if (row.type === "row" && typeof row.title === "string" && unfolded.has(row.title)) row.collapsed = false;
  }
  return { json, ids };
}

/** Titles of the rows that some panels stand in, by their order in `shownPanelsOf`. */
export function rowsOf(panels: readonly ShownPanel[], places: readonly (number | undefined)[]): string[] {
  return places.flatMap((place) => (place === undefined ? [] : (panels[place]?.row ?? [])));
}
