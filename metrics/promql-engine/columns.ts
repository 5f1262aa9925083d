import type { Fail } from "./error";
import { keyOf } from "./label-sets";
import type { Evaluated, Labels } from "./series";

/** What Prometheus says where two series of a result have the same labels. */
export const sameLabels = "vector cannot contain metrics with the same labelset";

/** A result with nothing in it yet. */
export function emptyColumn(labels: Labels, count: number): Evaluated {
  return { labels, values: new Float64Array(count), present: new Uint8Array(count) };
}

/** The same value at all times. */
export function constantColumn(labels: Labels, value: number, count: number): Evaluated {
  return { labels, values: new Float64Array(count).fill(value), present: new Uint8Array(count).fill(1) };
}

/** Whether anything is there at any time. */
export function isThere({ present }: Evaluated): boolean {
  return present.includes(1);
}

/** Results by their labels, put together step by step. */
export class Columns {
  private readonly byLabels = new Map<string, Evaluated>();

  constructor(
    private readonly count: number,
    private readonly fail: Fail,
  ) {}

  /** The one with these labels, made where there is none. */
  of(labels: Labels): Evaluated {
    const key = keyOf(labels);
    const known = this.byLabels.get(key);
    if (known !== undefined) return known;
    const column = emptyColumn(labels, this.count);
    this.byLabels.set(key, column);
    return column;
  }

  /** A value of one of them. Fails where it has one at this time. */
  put({ values, present }: Evaluated, step: number, value: number): void {
    if (present[step] === 1) this.fail(sameLabels, step);
    values[step] = value;
    present[step] = 1;
  }

  /** Takes a result in, whole: as it is where no other has its labels. */
  take(column: Evaluated): void {
    const key = keyOf(column.labels);
    const known = this.byLabels.get(key);
    if (known === undefined) {
      this.byLabels.set(key, column);
      return;
    }
    // What was taken as it is may be somebody else's.
    const merged = { ...known, values: known.values.slice(), present: known.present.slice() };
    this.byLabels.set(key, merged);
    for (let step = 0; step < this.count; step++) {
      if (column.present[step] === 1) this.put(merged, step, column.values[step] as number);
    }
  }

  /** Those that have a value at any time. */
  all(): readonly Evaluated[] {
    return [...this.byLabels.values()].filter(isThere);
  }
}
