import { Columns } from "./columns";
import type { Fail } from "./error";
import { parseFloat64 } from "./floats";
import { keyOf, nameless, without } from "./label-sets";
import type { Evaluated, Labels } from "./series";

/** A bucket of a histogram at a time: how many observations are up to a bound. */
interface Bucket {
  readonly bound: number;
  count: number;
}

/** What a function makes of the buckets of one histogram at a time, which are sorted by their bounds. */
type OfBuckets = (buckets: Bucket[], step: number) => number;

/** Differences of neighbours below this share of them are errors of rounding. */
const tolerance = 1e-12;
/** The smallest number of full precision. */
const smallestNormal = 2 ** -1022;

/** `histogram_quantile` of classic histograms. */
export function histogramQuantile(
  input: readonly Evaluated[],
  quantiles: Float64Array,
  fail: Fail,
): readonly Evaluated[] {
  return byHistogram(input, quantiles.length, fail, (buckets, step) =>
    quantileOfBuckets(quantiles[step] as number, buckets),
  );
}

/** `histogram_fraction` of classic histograms. */
export function histogramFraction(
  input: readonly Evaluated[],
  lower: Float64Array,
  upper: Float64Array,
  fail: Fail,
): readonly Evaluated[] {
  return byHistogram(input, lower.length, fail, (buckets, step) =>
    fractionOfBuckets(lower[step] as number, upper[step] as number, buckets),
  );
}

function byHistogram(
  input: readonly Evaluated[],
  count: number,
  fail: Fail,
  value: OfBuckets,
): readonly Evaluated[] {
  const histograms = new Map<string, { labels: Labels; buckets: { bound: number; column: Evaluated }[] }>();
  for (const column of input) {
    const bound = parseFloat64(column.labels["le"] ?? "");
    if (bound === undefined) continue;
    const labels = without(column.labels, ["le"]);
    const key = keyOf(labels);
    const histogram = histograms.get(key) ?? { labels: nameless(labels), buckets: [] };
    histogram.buckets.push({ bound, column });
    histograms.set(key, histogram);
  }
  const columns = new Columns(count, fail);
  for (const { labels, buckets } of histograms.values()) {
    buckets.sort((one, other) => (one.bound < other.bound ? -1 : one.bound > other.bound ? 1 : 0));
    const column = columns.of(labels);
    for (let step = 0; step < count; step++) {
      const there: Bucket[] = [];
      for (const { bound, column: of } of buckets) {
        if (of.present[step] === 1) there.push({ bound, count: of.values[step] as number });
      }
      if (there.length > 0) columns.put(column, step, value(there, step));
    }
  }
  return columns.all();
}

/** Interpolated within the bucket in which the quantile is; between its bounds observations count as evenly spread. */
function quantileOfBuckets(quantile: number, all: Bucket[]): number {
  if (Number.isNaN(quantile)) return NaN;
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;
  if (all.at(-1)?.bound !== Infinity) return NaN;
  const buckets = coalesced(all);
  makeMonotonic(buckets);
  const observations = buckets.at(-1)?.count ?? 0;
  if (buckets.length < 2 || observations === 0) return NaN;
  const rank = quantile * observations;
  const found = search(buckets.length - 1, (index) => countAt(buckets, index) >= rank);
  const bound = buckets[found]?.bound ?? NaN;
  if (found === buckets.length - 1) return buckets[found - 1]?.bound ?? NaN;
  if (found === 0 && bound <= 0) return bound;
  const [start, before] =
    found === 0 ? [0, 0] : [buckets[found - 1]?.bound ?? NaN, countAt(buckets, found - 1)];
  return start + (bound - start) * ((rank - before) / (countAt(buckets, found) - before));
}

/** The share of observations between two values. */
function fractionOfBuckets(lower: number, upper: number, all: Bucket[]): number {
  if (all.at(-1)?.bound !== Infinity) return NaN;
  const buckets = coalesced(all);
  const count = buckets.at(-1)?.count ?? 0;
  if (count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return NaN;
  if (lower >= upper) return 0;
  const rankOf = (value: number) => {
    let rank = 0;
    let start = (buckets[0]?.bound ?? NaN) > 0 ? 0 : -Infinity;
    for (const bucket of buckets) {
      if (start >= value) return rank;
      if (bucket.bound > value) {
        // Of a bucket without lower bound nothing says where in it observations are.
        if (start === -Infinity) return bucket.count;
        return rank + ((bucket.count - rank) * (value - start)) / (bucket.bound - start);
      }
      rank = bucket.count;
      start = bucket.bound;
    }
    return count;
  };
  const [ofLower, ofUpper] = [lower, upper].map((value) => {
    const rank = rankOf(value);
    return rank > count ? count : rank;
  }) as [number, number];
  return (ofUpper - ofLower) / count;
}

/** Buckets with the same bound, as `1` and `1.0`, count as one. */
function coalesced(buckets: readonly Bucket[]): Bucket[] {
  const result: Bucket[] = [];
  for (const bucket of buckets) {
    const last = result.at(-1);
    if (last !== undefined && last.bound === bucket.bound) last.count += bucket.count;
    else result.push(bucket);
  }
  return result;
}

/** No bucket has less than the one before; tiny differences are none. */
function makeMonotonic(buckets: Bucket[]): void {
  let before = buckets[0]?.count ?? 0;
  for (const bucket of buckets.slice(1)) {
    if (bucket.count === before) continue;
    if (isAlmost(before, bucket.count) || bucket.count < before) bucket.count = before;
    else before = bucket.count;
  }
}

function isAlmost(one: number, other: number): boolean {
  if (Number.isNaN(one) && Number.isNaN(other)) return true;
  const sum = Math.abs(one) + Math.abs(other);
  const difference = Math.abs(one - other);
  if (one === 0 || other === 0 || sum < smallestNormal) return difference < tolerance * smallestNormal;
  return difference / Math.min(sum, Number.MAX_VALUE) < tolerance;
}

function countAt(buckets: readonly Bucket[], index: number): number {
  return buckets[index]?.count ?? NaN;
}

/** The first index of which something holds, if it holds of all behind it, too; by halving, as counts may be NaN. */
function search(length: number, holds: (index: number) => boolean): number {
  let [from, to] = [0, length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
