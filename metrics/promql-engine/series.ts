/** Labels of a series. A label that is not there is the same as an empty one. */
export type Labels = Readonly<Record<string, string>>;

/** A series with its samples in order of time. */
export interface Series {
  /** With `__name__`. */
  readonly labels: Labels;
  /** Milliseconds of Unix time, ascending. */
  readonly times: Float64Array;
  /** As many as times. */
  readonly values: Float64Array;
  /** When it went stale, in milliseconds, ascending: from then to its next sample it gives nothing. Default: never. */
  readonly staleAt?: readonly number[];
}

/** Where an evaluation finds stored series. */
export interface Storage {
  /**
   * The series of a name (undefined for any) with their samples in a time, both ends included; more of them do no harm.
   * @param matches whether a series is asked for, by all its labels
   * @param from milliseconds
   * @param to milliseconds
   */
  select(
    name: string | undefined,
    matches: (labels: Labels) => boolean,
    from: number,
    to: number,
  ): readonly Series[];
}

/** The times of an evaluation: from, from + step, …, as far as to. In milliseconds. */
export interface Steps {
  readonly from: number;
  /** The last one, where it is reached. */
  readonly to: number;
  readonly step: number;
}

/** How many times these are. */
export function countOf({ from, to, step }: Steps): number {
  return to < from ? 0 : Math.floor((to - from) / step) + 1;
}

/** What an expression gives at each of some times, for one set of labels. */
export interface Evaluated {
  /** Without `__name__` where an operation took it away. */
  readonly labels: Labels;
  /** One for each time; what it is where nothing is there says nothing. */
  readonly values: Float64Array;
  /** Whether there is a value at a time: 1 or 0. NaN is a value. */
  readonly present: Uint8Array;
}
