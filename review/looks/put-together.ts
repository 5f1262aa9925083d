import type { DashboardDifference } from "./dashboard-difference";
import type { DashboardLook, PanelLook } from "./look";
import type { Seen } from "./picture";

/** The two versions. */
export const sides = ["before", "after"] as const;
export type Side = (typeof sides)[number];

/** What is seen of a dashboard in each version, and the id of each panel in it, by its place. */
export type SeenSides = Partial<Record<Side, Seen & { readonly ids: readonly number[] }>>;

/** A difference with its pictures, and where its panels are in them. */
export function lookOf(
  { panels, ...difference }: DashboardDifference,
  seen: SeenSides,
  withoutData: DashboardLook["withoutData"],
): DashboardLook {
  const boxes = (places: DashboardDifference["panels"][number]["places"]) =>
    Object.fromEntries(
      sides.flatMap((side) => {
        const sight = seen[side];
        const box = sight?.picture && sight.boxes.get(sight.ids[places[side] ?? -1] ?? -1);
        return box === undefined ? [] : [[side, box]];
      }),
    ) as Pick<PanelLook, Side>;
  const pictures = Object.fromEntries(
    sides.flatMap((side) => (seen[side]?.picture ? [[side, seen[side].picture]] : [])),
  ) as Pick<DashboardLook, Side>;
  return {
    ...difference,
    panels: panels.map(({ places, ...panel }) => ({ ...panel, ...boxes(places) })),
    ...pictures,
    withoutData,
  };
}

/** The panels that show nothing. Of one that both versions have, both must be empty. */
export function emptyPanels({ panels }: DashboardDifference, seen: SeenSides): DashboardLook["withoutData"] {
  return panels.flatMap(({ title, change, places }) => {
    if (change === "gone") return [];
    const said = sides.flatMap((side) => {
      const [sight, place] = [seen[side], places[side]];
      if (sight === undefined || place === undefined) return [];
      return [sight.empty.get(sight.ids[place] ?? -1)];
    });
    const says = said.at(-1);
    return says !== undefined && said.every((each) => each !== undefined) ? [{ title, says }] : [];
  });
}
