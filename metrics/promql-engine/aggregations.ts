import { emptyColumn } from "./columns";
import { quantileOf } from "./floats";
import type { Group } from "./groups";
import { KahanMean, lostBy } from "./kahan";
import type { Evaluated } from "./series";

/** What an aggregation makes of the series of a group. */
export type Aggregate = (group: Group, count: number, parameter: Float64Array) => Evaluated;

/** Aggregations that make one series of a group, by name. */
export const aggregates: ReadonlyMap<string, Aggregate> = new Map<string, Aggregate>([
  ["sum", sum],
  ["avg", mean],
  [
    "count",
    folded(
      () => 1,
      (count) => count + 1,
    ),
  ],
  [
    "group",
    folded(
      () => 1,
      () => 1,
    ),
  ],
  [
    "max",
    folded(
      (value) => value,
      (most, value) => (most < value || Number.isNaN(most) ? value : most),
    ),
  ],
  [
    "min",
    folded(
      (value) => value,
      (least, value) => (least > value || Number.isNaN(least) ? value : least),
    ),
  ],
  ["stdvar", (group, count) => variance(group, count, (value) => value)],
  ["stddev", (group, count) => variance(group, count, Math.sqrt)],
  ["quantile", quantile],
]);

function sum({ labels, members }: Group, count: number): Evaluated {
  const column = emptyColumn(labels, count);
  const { values: sums, present: seen } = column;
  const lost = new Float64Array(count);
  for (const { values, present } of members) {
    for (let step = 0; step < count; step++) {
      if (present[step] !== 1) continue;
      const value = values[step] as number;
      if (seen[step] !== 1) {
        seen[step] = 1;
        sums[step] = value;
        continue;
      }
      const before = sums[step] as number;
      const total = before + value;
      lost[step] = lostBy(before, value, total, lost[step] as number);
      sums[step] = total;
    }
  }
  for (let step = 0; step < count; step++) sums[step] = (sums[step] as number) + (lost[step] as number);
  return column;
}

function mean({ labels, members }: Group, count: number): Evaluated {
  const column = emptyColumn(labels, count);
  for (let step = 0; step < count; step++) {
    let state: KahanMean | undefined;
    for (const { values, present } of members) {
      if (present[step] !== 1) continue;
      const value = values[step] as number;
      if (state === undefined) state = new KahanMean(value);
      else state.add(value);
    }
    if (state === undefined) continue;
    column.values[step] = state.mean;
    column.present[step] = 1;
  }
  return column;
}

function folded(
  first: (value: number) => number,
  next: (before: number, value: number) => number,
): Aggregate {
  return ({ labels, members }, count) => {
    const column = emptyColumn(labels, count);
    const { values: results, present: seen } = column;
    for (const { values, present } of members) {
      for (let step = 0; step < count; step++) {
        if (present[step] !== 1) continue;
        const value = values[step] as number;
        results[step] = seen[step] === 1 ? next(results[step] as number, value) : first(value);
        seen[step] = 1;
      }
    }
    return column;
  };
}

/** By Welford's method; NaN where a value is not finite. */
function variance({ labels, members }: Group, count: number, of: (variance: number) => number): Evaluated {
  const column = emptyColumn(labels, count);
  const { values: squares, present: seen } = column;
  const [means, counts] = [new Float64Array(count), new Float64Array(count)];
  for (const { values, present } of members) {
    for (let step = 0; step < count; step++) {
      if (present[step] !== 1) continue;
      const value = values[step] as number;
      const number = (counts[step] as number) + 1;
      counts[step] = number;
      if (seen[step] !== 1) {
        seen[step] = 1;
        means[step] = value;
        squares[step] = Number.isFinite(value) ? 0 : NaN;
        continue;
      }
      const delta = value - (means[step] as number);
      const mean = (means[step] as number) + delta / number;
      means[step] = mean;
      squares[step] = (squares[step] as number) + delta * (value - mean);
    }
  }
  for (let step = 0; step < count; step++) {
    if (seen[step] === 1) squares[step] = of((squares[step] as number) / (counts[step] as number));
  }
  return column;
}

function quantile({ labels, members }: Group, count: number, parameter: Float64Array): Evaluated {
  const column = emptyColumn(labels, count);
  const scratch = new Float64Array(members.length);
  for (let step = 0; step < count; step++) {
    let length = 0;
    for (const { values, present } of members) {
      if (present[step] === 1) scratch[length++] = values[step] as number;
    }
    if (length === 0) continue;
    column.values[step] = quantileOf(parameter[step] as number, scratch.subarray(0, length));
    column.present[step] = 1;
  }
  return column;
}
