import { keyOf, type Labels, textOf } from "../../metrics/promql-engine";
import type { Compared } from "./compared-firings";
import type { RecordedFiring } from "./recorded-firings";

interface Span {
  readonly first: number;
  readonly last: number;
}

/**
 * Compares what two Prometheus have recorded that scrape the same targets with the same rules: each firing of one must
 * be one of the other, with the same labels. They scrape and evaluate at times of their own, so that beginnings and ends
 * may be apart by a tolerance. What does not last longer than that, and gaps that do not, are not looked at.
 * @param toleranceMs a scrape and an evaluation of each at least
 */
export function sameFirings(
  one: readonly RecordedFiring[],
  other: readonly RecordedFiring[],
  { from, to }: { readonly from: number; readonly to: number },
  toleranceMs: number,
): Compared {
  const spans = (firings: readonly RecordedFiring[], key: string): readonly Span[] =>
    joined(
      firings
        .filter(({ labels }) => keyOf(labels) === key)
        .map(({ first, last }) => ({ first: Math.max(first, from), last: Math.min(last, to) }))
        .filter(({ first, last }) => first <= last),
      toleranceMs,
    );
  const labelsOf = new Map<string, Labels>([...one, ...other].map(({ labels }) => [keyOf(labels), labels]));
  const isNear = (a: number, b: number) => Math.abs(a - b) <= toleranceMs;
  const differing: string[] = [];
  let compared = 0;
  for (const [key, labels] of labelsOf) {
    const both = [spans(one, key), spans(other, key)] as const;
    const isLong = ({ first, last }: Span) => last - first > toleranceMs;
    const lacking = (these: readonly Span[], those: readonly Span[]) =>
      these
        .filter(isLong)
        .filter((a) => !those.some((b) => isNear(a.first, b.first) && isNear(a.last, b.last)));
    compared += both[0].filter(isLong).length;
    if (lacking(both[0], both[1]).length + lacking(both[1], both[0]).length === 0) continue;
    differing.push(`${textOf(labels)}: ${inWords(both[0], from)}; the other ${inWords(both[1], from)}`);
  }
  return { compared, differing };
}

/** Spans with no more than a gap between them are one. */
function joined(spans: readonly Span[], gap: number): readonly Span[] {
  const all: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.first - b.first)) {
    const before = all.at(-1);
    if (before === undefined || span.first - before.last > gap) all.push(span);
    else all[all.length - 1] = { first: before.first, last: Math.max(before.last, span.last) };
  }
  return all;
}

function inWords(spans: readonly Span[], from: number): string {
  const seconds = (time: number) => ((time - from) / 1_000).toFixed(1);
  return spans.map(({ first, last }) => `${seconds(first)} to ${seconds(last)} s`).join(", ") || "never";
}
