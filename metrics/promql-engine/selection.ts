import type { Matcher, Selector } from "../promql-analysis";
import { matchesValue } from "../promql-analysis/regex";
import { emptyColumn, isThere } from "./columns";
import type { Evaluated, Labels, Series, Storage } from "./series";
import type { Samples } from "./windows";

/** The series that a selector names, in a time. */
export function selectSeries(
  storage: Storage,
  { name, matchers }: Selector,
  from: number,
  to: number,
): readonly Series[] {
  const checks = matchers.map((matcher) => [matcher.label, remembering(matcher)] as const);
  const matches = (labels: Labels) =>
    (name === "" || labels["__name__"] === name) &&
    checks.every(([label, takes]) => takes(labels[label] ?? ""));
  return storage.select(name === "" ? undefined : name, matches, from, to);
}

/** The same few values come again and again, and a regular expression costs. */
function remembering(matcher: Matcher): (value: string) => boolean {
  if (matcher.operator === "=" || matcher.operator === "!=") return (value) => matchesValue(matcher, value);
  const known = new Map<string, boolean>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const matches = matchesValue(matcher, value);
    known.set(value, matches);
    return matches;
  };
}

/**
 * The newest sample at each time that is not older than the lookback.
 * @param times at which it is looked, ascending, ms
 * @param lookback ms; a sample of that age is too old
 * @param isTime whether the sample's time is asked for, in seconds, in place of its value
 */
export function newestSamples(
  { labels, times: samples, values: sampled, staleAt = [] }: Series,
  times: Float64Array,
  lookback: number,
  isTime: boolean,
): Evaluated | undefined {
  const column = emptyColumn(labels, times.length);
  const { values, present } = column;
  let [newest, stale] = [-1, -1];
  for (let step = 0; step < times.length; step++) {
    const time = times[step] as number;
    while (newest + 1 < samples.length && (samples[newest + 1] as number) <= time) newest++;
    while (stale + 1 < staleAt.length && (staleAt[stale + 1] as number) <= time) stale++;
    if (newest === -1) continue;
    const at = samples[newest] as number;
    if (at <= time - lookback || (stale !== -1 && (staleAt[stale] as number) > at)) continue;
    values[step] = isTime ? at / 1000 : (sampled[newest] as number);
    present[step] = 1;
  }
  return isThere(column) ? column : undefined;
}

/** What a subquery gives, as samples. */
export function samplesOf({ labels, values, present }: Evaluated, times: Float64Array): Samples {
  let count = 0;
  for (const there of present) count += there;
  if (count === present.length) return { labels, times, values };
  const samples = { labels, times: new Float64Array(count), values: new Float64Array(count) };
  let index = 0;
  for (let step = 0; step < present.length; step++) {
    if (present[step] !== 1) continue;
    samples.times[index] = times[step] as number;
    samples.values[index++] = values[step] as number;
  }
  return samples;
}
