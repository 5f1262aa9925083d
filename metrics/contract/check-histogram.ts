import type { CatalogueEntry } from "../catalogue";
import type { Add } from "./check-family";
import type { ParsedFamily, ParsedSample } from "./exposition";
import { labelSetOf } from "./label-sets";
import { numberOf } from "./scanner";

/** What a histogram's samples are called after its name. */
const parts = ["_bucket", "_sum", "_count"] as const;

/** The samples of one label set. */
interface LabelSet {
  readonly buckets: { readonly le: string; readonly bound: number; readonly value: number }[];
  sum?: number;
  count?: number;
}

/** Finds a histogram's missing parts, buckets that differ, and counts that cannot be. One finding of each kind is enough. */
export function checkHistogram({ name, samples }: ParsedFamily, entry: CatalogueEntry, add: Add): void {
  if (samples.length === 0) return;
  const missing = parts.filter((part) => !samples.some((sample) => sample.name === name + part));
  for (const part of missing) add("incomplete", `has no ${name}${part}`);
  const stray = samples.find((sample) => !parts.some((part) => sample.name === name + part));
  if (stray) add("incomplete", `has a sample called ${stray.name}; a histogram's are ${parts.join(", ")}`);
  const sets = labelSetsOf(name, samples);
  const expected = [...(entry.buckets ?? []), Infinity];
  for (const find of [
    (set: LabelSet) => missingIn(set, missing),
    bucketTwice,
    (set: LabelSet) => otherBuckets(set, expected),
    impossibleCount,
  ]) {
    for (const [labels, set] of sets) {
      const found = find(set);
      if (!found) continue;
      add(found[0], labels === "[]" ? found[1] : `${found[1]}, at ${described(labels)}`);
      break;
    }
  }
}

function labelSetsOf(name: string, samples: readonly ParsedSample[]): ReadonlyMap<string, LabelSet> {
  const sets = new Map<string, LabelSet>();
  for (const sample of samples) {
    const key = labelSetOf(sample);
    const set = sets.get(key) ?? { buckets: [] };
    sets.set(key, set);
    const { le = "" } = sample.labels;
    if (sample.name === `${name}_bucket`) {
      set.buckets.push({ le, bound: numberOf(le) ?? NaN, value: sample.value });
    }
    if (sample.name === `${name}_sum`) set.sum = sample.value;
    if (sample.name === `${name}_count`) set.count = sample.value;
  }
  return sets;
}

type Found = readonly [Parameters<Add>[0], string] | undefined;

function missingIn({ buckets, sum, count }: LabelSet, everywhere: readonly string[]): Found {
  const there = { _bucket: buckets.length > 0, _sum: sum !== undefined, _count: count !== undefined };
  const part = parts.find((each) => !there[each] && !everywhere.includes(each));
  return part && ["incomplete", `has no ${part} in a label set that has other samples`];
}

/** Prometheus 3 writes bounds anew, so that `1` and `1.0` are one series. */
function bucketTwice({ buckets }: LabelSet): Found {
  for (const [index, { le, bound }] of buckets.entries()) {
    const other = buckets.slice(0, index).find((each) => Object.is(each.bound, bound));
    if (other && other.le !== le) {
      return ["duplicate", `has the bucket le="${other.le}" again as le="${le}"`];
    }
  }
  return undefined;
}

function otherBuckets({ buckets }: LabelSet, expected: readonly number[]): Found {
  if (buckets.length === 0) return undefined;
  const odd = buckets.find(({ bound }) => Number.isNaN(bound));
  if (odd) return ["buckets", `has the bucket le="${odd.le}", which is no number`];
  const bounds = [...new Set(buckets.map(({ bound }) => bound))].sort((a, b) => a - b);
  if (bounds.join(" ") === expected.join(" ")) return undefined;
  return ["buckets", `must have the buckets ${shown(expected)}, has ${shown(bounds)}`];
}

function impossibleCount({ buckets, count }: LabelSet): Found {
  const ascending = [...buckets].sort((a, b) => a.bound - b.bound);
  for (const [index, { le, value }] of ascending.entries()) {
    if (!(value >= 0))
      return ["value", `has ${String(value)} in the bucket le="${le}"; a count is 0 or more`];
    const below = ascending[index - 1];
    if (below && value < below.value) {
      const fall = `${String(value)} in the bucket le="${le}" and ${String(below.value)} in le="${below.le}"`;
      return ["value", `has ${fall}; buckets count all that is at or below their bound, so they never fall`];
    }
  }
  if (count === undefined) return undefined;
  if (!(count >= 0)) return ["value", `has ${String(count)} as its count; a count is 0 or more`];
  const all = ascending.find(({ bound }) => bound === Infinity)?.value;
  if (all === undefined || all === count) return undefined;
  return [
    "value",
    `has ${String(all)} in the bucket le="+Inf" and ${String(count)} as its count; they are one number`,
  ];
}

function shown(bounds: readonly number[]): string {
  return bounds.map((bound) => (bound === Infinity ? "+Inf" : String(bound))).join(" ");
}

function described(labels: string): string {
  const pairs = JSON.parse(labels) as [string, string][];
  return `{${pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(",")}}`;
}
