// What the preview does not draw of a panel, as sentences. Pure: the unit tests of the root read it.

import { undrawn, type DrawnKind } from "../panels/drawn";
import type { ClassicPanel } from "./classic";

const prometheusTypes = new Set(["prometheus", "", undefined]);

/** So many options are named in a note. */
const mostNamed = 8;

/**
 * What of a panel is not drawn as Grafana draws it.
 * @param isKnown whether a transformation, by its id, is made
 */
export function notesOf(kind: DrawnKind, panel: ClassicPanel, isKnown: (id: string) => boolean): string[] {
  const notes: string[] = [];
  const { repeat, timeFrom, timeShift, libraryPanel, datasource, transformations = [], links = [] } = panel;
  if (repeat)
    notes.push(`It is repeated for each value of ${repeat}; here it is drawn once, for all of them.`);
  const unknown = [...new Set(transformations.map(({ id }) => id))].filter((id) => !isKnown(id));
  if (unknown.length > 0) notes.push(`Transformations are not made: ${unknown.join(", ")}.`);
  const options = undrawn(kind, panel);
  if (options.length > 0) {
    const more = options.length > mostNamed ? `, and ${String(options.length - mostNamed)} more` : "";
    notes.push(`Options that make no difference here: ${options.slice(0, mostNamed).join(", ")}${more}.`);
  }
  if (links.length > 0) notes.push("Its links are not drawn.");
  if (timeFrom) notes.push(`Its own time (${timeFrom}) is not kept; it shows the dashboard's.`);
  if (timeShift) notes.push(`Its shift of time (${timeShift}) is not made.`);
  if (libraryPanel && panel.type === undefined)
    notes.push("It stands in Grafana's library, which the preview does not have.");
  const type = typeof datasource === "object" ? datasource?.type : undefined;
  if (!prometheusTypes.has(type) && !type?.startsWith("-") && !type?.includes("$") && type !== "datasource")
    notes.push(`Its data source is of the kind "${String(type)}"; the preview asks Prometheus alone.`);
  return notes;
}
