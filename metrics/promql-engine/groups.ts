import type { Aggregation } from "../promql-analysis";
import { keyOf, only, without } from "./label-sets";
import type { Evaluated, Labels } from "./series";

/** Series that an aggregation takes together. */
export interface Group {
  readonly labels: Labels;
  readonly members: readonly Evaluated[];
}

/** The groups of an aggregation, in the order of their first series. */
export function groupsOf(
  input: readonly Evaluated[],
  grouping: Pick<Aggregation, "by" | "without">,
): Group[] {
  const groups = new Map<string, { labels: Labels; members: Evaluated[] }>();
  for (const column of input) {
    const labels = groupLabels(column.labels, grouping);
    const key = keyOf(labels);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { labels, members: [column] });
    else group.members.push(column);
  }
  return [...groups.values()];
}

/** The labels that the group of a series has. */
export function groupLabels(
  labels: Labels,
  { by = [], without: dropped }: Pick<Aggregation, "by" | "without">,
) {
  return dropped === undefined ? only(labels, by) : without(labels, ["__name__", ...dropped]);
}
