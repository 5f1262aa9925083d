import { countOf, type Labels, type Steps } from "./series";

/** Samples of a series in a range, in order of time; of a subquery, what it gives at its steps. */
export interface Samples {
  readonly labels: Labels;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** What a range selector looks at: at a time t all samples in (end - range, end], where end is t or `at`, less offset. All in milliseconds. */
export interface Range {
  readonly range: number;
  readonly offset: number;
  /** The same window at all times. */
  readonly at: number | undefined;
}

/** Time of a step. */
export function timeOf({ from, step }: Steps, index: number): number {
  return from + index * step;
}

/** The end of the window at each step. */
export function endsOf(steps: Steps, { offset, at }: Pick<Range, "offset" | "at">): Float64Array {
  const ends = new Float64Array(countOf(steps));
  for (let index = 0; index < ends.length; index++) ends[index] = (at ?? timeOf(steps, index)) - offset;
  return ends;
}

/** Which samples are in the window at each step. */
export class Windows {
  /** Index of the first sample in it. */
  readonly first: Int32Array;
  /** Index behind the last one. */
  readonly behind: Int32Array;

  /**
   * @param ends of the window at each step, ascending
   * @param range length, ms
   * @param times of the steps themselves
   */
  constructor(
    readonly ends: Float64Array,
    readonly range: number,
    readonly times: Float64Array,
  ) {
    this.first = new Int32Array(ends.length);
    this.behind = new Int32Array(ends.length);
  }

  /** Moves both ends over the samples of a series. */
  over({ times }: Samples): this {
    const { ends, range, first, behind } = this;
    let [low, high] = [0, 0];
    for (let step = 0; step < ends.length; step++) {
      const end = ends[step] as number;
      while (high < times.length && (times[high] as number) <= end) high++;
      const start = end - range;
      while (low < high && (times[low] as number) <= start) low++;
      first[step] = low;
      behind[step] = high;
    }
    return this;
  }
}

/** What a function of a range makes of the windows of one series: writes a value of each step that has one. */
export type WindowFunction = (
  samples: Samples,
  windows: Windows,
  out: { readonly values: Float64Array; readonly present: Uint8Array },
  /** The other arguments, at each step. */
  args: readonly Float64Array[],
) => void;

/** A function that looks at each window by itself. */
export function eachWindow(
  value: (
    samples: Samples,
    first: number,
    behind: number,
    at: { readonly step: number; readonly windows: Windows; readonly args: readonly Float64Array[] },
  ) => number,
  atLeast = 1,
): WindowFunction {
  return (samples, windows, { values, present }, args) => {
    for (let step = 0; step < values.length; step++) {
      const [first, behind] = [windows.first[step] as number, windows.behind[step] as number];
      if (behind - first < atLeast) continue;
      values[step] = value(samples, first, behind, { step, windows, args });
      present[step] = 1;
    }
  };
}
