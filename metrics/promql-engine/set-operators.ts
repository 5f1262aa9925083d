import type { Binary } from "../promql-analysis";
import { Columns, emptyColumn, isThere } from "./columns";
import type { Fail } from "./error";
import { bySignature } from "./matching";
import type { Evaluated } from "./series";

/** `and`, `or`, `unless`: by which series there are, whatever their values. */
export function setOperation(
  { op, ...matching }: Pick<Binary, "op" | "on" | "ignoring">,
  left: readonly Evaluated[],
  right: readonly Evaluated[],
  { count, fail }: { readonly count: number; readonly fail: Fail },
): readonly Evaluated[] {
  if (op === "and") return filtered(left, right, matching, { count, isWhereThere: true });
  if (op === "unless") return filtered(left, right, matching, { count, isWhereThere: false });
  const columns = new Columns(count, fail);
  for (const column of left) columns.take(column);
  for (const column of filtered(right, left, matching, { count, isWhereThere: false })) columns.take(column);
  return columns.all();
}

/** One side where the other has something with the same matched labels, or where it has nothing. */
function filtered(
  columns: readonly Evaluated[],
  by: readonly Evaluated[],
  matching: Pick<Binary, "on" | "ignoring">,
  { count, isWhereThere }: { readonly count: number; readonly isWhereThere: boolean },
): readonly Evaluated[] {
  const partners = bySignature(by, matching);
  const kept: Evaluated[] = [];
  for (const [signature, members] of bySignature(columns, matching)) {
    const others = partners.get(signature);
    if (others === undefined) {
      if (!isWhereThere) kept.push(...members);
      continue;
    }
    const there = anyOf(others, count);
    for (const { labels, values, present } of members) {
      const column = { ...emptyColumn(labels, 0), values, present: new Uint8Array(count) };
      for (let step = 0; step < count; step++) {
        if (present[step] === 1 && (there[step] === 1) === isWhereThere) column.present[step] = 1;
      }
      kept.push(column);
    }
  }
  return kept.filter(isThere);
}

/** Whether any of some series is there, at each time. */
export function anyOf(columns: readonly Evaluated[], count: number): Uint8Array {
  const there = new Uint8Array(count);
  for (const { present } of columns) {
    for (let step = 0; step < count; step++) if (present[step] === 1) there[step] = 1;
  }
  return there;
}
