import { countOf, keyOf, type Evaluated, type Labels, type Steps } from "../../metrics/promql-engine";

/** What Prometheus's `/api/v1/query_range` answers. */
export interface RangeAnswer {
  readonly resultType: string;
  readonly result: readonly {
    readonly metric: Labels;
    readonly values?: readonly (readonly [number, string])[];
    readonly histograms?: readonly unknown[];
  }[];
}

/** Puts series of an answer into columns. @throws Error for native histograms, which nothing here reads */
export function columnsOf({ result }: RangeAnswer, steps: Steps): Evaluated[] {
  const count = countOf(steps);
  return result.map(({ metric, values = [], histograms = [] }) => {
    if (histograms.length > 0) throw new Error("it gives native histograms, which are not replayed");
    const column = { labels: metric, values: new Float64Array(count), present: new Uint8Array(count) };
    for (const [seconds, text] of values) {
      const place = Math.round((seconds * 1_000 - steps.from) / steps.step);
      column.values[place] = numberOf(text);
      column.present[place] = 1;
    }
    return column;
  });
}

/** Columns of parts of a time, one behind the other, as those of the whole time. */
export function joined(
  parts: readonly { readonly at: number; readonly columns: readonly Evaluated[] }[],
  count: number,
): Evaluated[] {
  const byLabels = new Map<string, Evaluated>();
  for (const { at, columns } of parts) {
    for (const { labels, values, present } of columns) {
      const key = keyOf(labels);
      const whole = byLabels.get(key) ?? {
        labels,
        values: new Float64Array(count),
        present: new Uint8Array(count),
      };
      byLabels.set(key, whole);
      whole.values.set(values, at);
      whole.present.set(present, at);
    }
  }
  return [...byLabels.values()];
}

function numberOf(text: string): number {
  switch (text) {
    case "+Inf":
      return Infinity;
    case "-Inf":
      return -Infinity;
    default:
      return Number(text);
  }
}
