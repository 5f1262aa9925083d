import type { Labels } from "../../metrics/promql-engine";
import type { Firing } from "../../review/replay/firing";

/** An alert that fires, from its first evaluation to its last one, in milliseconds of Unix time. */
export interface FiringSpan {
  readonly from: number;
  readonly to: number;
}

/** An alert's labels as a text, without what its series have besides them. */
export function alertKey(labels: Labels): string {
  const own = Object.entries(labels).filter(([name]) => name !== "__name__" && name !== "alertstate");
  return JSON.stringify(own.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Evaluations, at which an alert fired, as spans: those that are no further from one another than the interval belong together. */
export function spansOf(times: readonly number[], interval: number): FiringSpan[] {
  const spans: { from: number; to: number }[] = [];
  for (const time of times) {
    const last = spans.at(-1);
    if (last !== undefined && time - last.to <= interval) last.to = time;
    else spans.push({ from: time, to: time });
  }
  return spans;
}

/** The spans of a replay's firings, by the alert's labels. @param end the last evaluation of all */
export function firingSpans(firings: readonly Firing[], end: number): ReadonlyMap<string, FiringSpan[]> {
  const all = new Map<string, FiringSpan[]>();
  for (const { labels, firedAt, resolvedAt, interval } of firings) {
    const to = resolvedAt === undefined ? end - (end % interval) : resolvedAt - interval;
    const key = alertKey(labels);
    all.set(key, [...(all.get(key) ?? []), { from: firedAt, to }]);
  }
  return all;
}
