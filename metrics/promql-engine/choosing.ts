import { emptyColumn, isThere } from "./columns";
import type { Fail } from "./error";
import { larger, smaller } from "./floats";
import type { Group } from "./groups";
import type { Evaluated } from "./series";

/** Whether one value is to go before another. */
type Before = (one: number, other: number) => boolean;

/** Which aggregations choose by value, and what they let go first. NaN goes before all. */
const chosenByValue: ReadonlyMap<string, Before> = new Map<string, Before>([
  ["topk", (one, other) => Number.isNaN(one) || one < other],
  ["bottomk", (one, other) => Number.isNaN(one) || one > other],
]);

/**
 * `topk`, `bottomk`, `limitk`: some series of each group as they are. Of equal values those are kept that Prometheus
 * keeps, where it goes through series in the same order.
 * @param counts how many, at each step
 */
export function chosen(
  op: string,
  groups: readonly Group[],
  counts: Float64Array,
  fail: Fail,
): readonly Evaluated[] {
  if (counts.reduce(larger, -Number.MAX_VALUE) < 1) return [];
  if (counts.some(Number.isNaN)) fail("Parameter value is NaN", counts.findIndex(Number.isNaN));
  const [least, most] = [counts.reduce(smaller, Number.MAX_VALUE), counts.reduce(larger, -Number.MAX_VALUE)];
  if (least <= -(2 ** 63)) fail(`Scalar value ${String(least)} underflows int64`);
  if (most >= 2 ** 63) fail(`Scalar value ${String(most)} overflows int64`);
  const before = chosenByValue.get(op);
  return groups.flatMap(({ members }) => {
    const columns = members.map(({ labels }) => emptyColumn(labels, counts.length));
    for (let step = 0; step < counts.length; step++) {
      const kept = new Kept(Math.trunc(counts[step] as number), before);
      members.forEach(({ values, present }, index) => {
        if (present[step] === 1) kept.offer(index, values[step] as number);
      });
      for (const { index, value } of kept.entries) {
        const { values, present } = columns[index] as Evaluated;
        values[step] = value;
        present[step] = 1;
      }
    }
    return columns.filter(isThere);
  });
}

/** The chosen of one time: a heap, with what goes first at its top. */
class Kept {
  readonly entries: { readonly index: number; readonly value: number }[] = [];

  constructor(
    private readonly limit: number,
    private readonly before: Before | undefined,
  ) {}

  offer(index: number, value: number): void {
    const { entries, before } = this;
    if (entries.length < this.limit) {
      entries.push({ index, value });
      this.up(entries.length - 1);
      return;
    }
    const first = entries[0]?.value;
    if (before === undefined || first === undefined) return;
    const isBetter = Number.isNaN(first) ? !Number.isNaN(value) : before(first, value);
    if (!isBetter) return;
    entries[0] = { index, value };
    this.down(0);
  }

  private isBefore(one: number, other: number): boolean {
    return this.before?.(this.entries[one]?.value ?? NaN, this.entries[other]?.value ?? NaN) ?? false;
  }

  private swap(one: number, other: number): void {
    const { entries } = this;
    [entries[one], entries[other]] = [entries[other], entries[one]] as [
      (typeof entries)[0],
      (typeof entries)[0],
    ];
  }

  private up(from: number): void {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.isBefore(at, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private down(from: number): void {
    for (let at = from; ;) {
      let child = 2 * at + 1;
      if (child >= this.entries.length) return;
      if (child + 1 < this.entries.length && this.isBefore(child + 1, child)) child += 1;
      if (!this.isBefore(child, at)) return;
      this.swap(child, at);
      at = child;
    }
  }
}
