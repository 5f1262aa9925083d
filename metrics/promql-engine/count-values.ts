import type { Aggregation } from "../promql-analysis";
import { Columns } from "./columns";
import type { Fail } from "./error";
import { formatFloat } from "./floats";
import { groupLabels } from "./groups";
import { withLabel } from "./label-sets";
import type { Evaluated } from "./series";

/** `count_values`: how many series of a group have each value, which stands in a label. */
export function countValues(
  input: readonly Evaluated[],
  label: string,
  grouping: Pick<Aggregation, "by" | "without">,
  { count, fail }: { readonly count: number; readonly fail: Fail },
): readonly Evaluated[] {
  if (label === "") fail('invalid label name ""');
  const withValue =
    grouping.without === undefined ? { by: [...(grouping.by ?? []), label] } : { without: grouping.without };
  const columns = new Columns(count, fail);
  for (const { labels, values, present } of input) {
    const counted = new Map<string, Evaluated>();
    for (let step = 0; step < count; step++) {
      if (present[step] !== 1) continue;
      const text = formatFloat(values[step] as number);
      const column = counted.get(text) ?? columns.of(groupLabels(withLabel(labels, label, text), withValue));
      counted.set(text, column);
      column.values[step] = (column.values[step] as number) + 1;
      column.present[step] = 1;
    }
  }
  return columns.all();
}
