import { placeOf, type ShownPanel } from "./shown-panels";

interface Pair {
  readonly before: ShownPanel;
  readonly after: ShownPanel;
}

/**
 * The panels that stand elsewhere: in another row, in other columns, or in another order. One that is only pushed down by
 * others is not among them.
 * @param after all panels in the order of the later version
 */
export function movedPanels(pairs: readonly Pair[], after: readonly ShownPanel[]): ReadonlySet<ShownPanel> {
  const order = new Map(after.map((panel, index) => [panel, index]));
  const places = pairs.map((pair) => order.get(pair.after) ?? 0);
  const kept = longestAscending(places);
  return new Set(
    pairs
      .filter(
        ({ before, after: now }, index) =>
          !kept.has(index) ||
          before.row !== now.row ||
          (now.type !== "row" && placeOf(before.json).x !== placeOf(now.json).x),
      )
      .map((pair) => pair.after),
  );
}

/** Indices of a longest subsequence that ascends: the fewest others have moved. */
function longestAscending(values: readonly number[]): ReadonlySet<number> {
  const best = values.map(() => ({ length: 1, before: -1 }));
  for (const [index, value] of values.entries()) {
    for (let earlier = 0; earlier < index; earlier += 1) {
      const length = (best[earlier]?.length ?? 0) + 1;
      if ((values[earlier] ?? 0) < value && length > (best[index]?.length ?? 0))
        best[index] = { length, before: earlier };
    }
  }
  const kept = new Set<number>();
  let at = best.reduce((most, { length }, index) => (length > (best[most]?.length ?? 0) ? index : most), 0);
  for (; at >= 0 && at < values.length; at = best[at]?.before ?? -1) kept.add(at);
  return kept;
}
