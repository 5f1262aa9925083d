import { keyOf, textOf, type Labels } from "../../metrics/promql-engine";
import type { Firing } from "../../review/replay/firing";
import type { RecordedFiring } from "./recorded-firings";

/** What came of a comparison. */
export interface Compared {
  readonly compared: number;
  /** A line each. */
  readonly differing: readonly string[];
}

interface Span {
  readonly first: number;
  readonly last: number;
}

/**
 * Compares what was replayed with what a Prometheus has recorded: the same label sets, and of each the same firings, whose
 * beginnings and ends are one evaluation apart at most.
 * @param from before it neither counts. For two evaluations after its start a Prometheus records no alerts
 * @param to after it neither counts
 */
export function compareFirings(
  replayed: readonly Firing[],
  recorded: readonly RecordedFiring[],
  { from, to }: { readonly from: number; readonly to: number },
): Compared {
  const ours = new Map<
    string,
    { readonly labels: Labels; readonly interval: number; readonly spans: Span[] }
  >();
  for (const { labels, firedAt, resolvedAt, interval } of replayed) {
    const known = ours.get(keyOf(labels)) ?? { labels, interval, spans: [] };
    ours.set(keyOf(labels), known);
    known.spans.push({ first: firedAt, last: resolvedAt === undefined ? to : resolvedAt - interval });
  }
  const theirs = new Map<string, { readonly labels: Labels; readonly spans: Span[] }>();
  for (const { labels, first, last } of recorded) {
    const known = theirs.get(keyOf(labels)) ?? { labels, spans: [] };
    theirs.set(keyOf(labels), known);
    known.spans.push({ first, last });
  }
  const differing: string[] = [];
  let compared = 0;
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const interval = ours.get(key)?.interval ?? 0;
    const within = (spans: readonly Span[] = []) =>
      spans
        .map(({ first, last }) => ({
          first: Math.max(first, from + 4 * interval),
          last: Math.min(last, to - interval),
        }))
        .filter(({ first, last }) => first <= last)
        .sort((one, other) => one.first - other.first);
    const [one, other] = [within(ours.get(key)?.spans), within(theirs.get(key)?.spans)];
    const name = textOf(ours.get(key)?.labels ?? theirs.get(key)?.labels ?? {});
    compared += Math.max(one.length, other.length);
    const isApart = (left: number, right: number) => Math.abs(left - right) > interval;
    const isSame =
      one.length === other.length &&
      one.every((span, index) => {
        const { first = NaN, last = NaN } = other[index] ?? {};
        return !isApart(span.first, first) && !isApart(span.last, last);
      });
    if (!isSame) differing.push(`${name}: replayed ${inWords(one, from)}, recorded ${inWords(other, from)}`);
  }
  return { compared, differing };
}

function inWords(spans: readonly Span[], from: number): string {
  const seconds = (time: number) => ((time - from) / 1_000).toFixed(3);
  return spans.map(({ first, last }) => `${seconds(first)} to ${seconds(last)} s`).join(", ") || "never";
}
