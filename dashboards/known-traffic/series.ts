/** Labels of a series by name. */
export type Labels = Readonly<Record<string, string>>;

/** A series of the known traffic. */
export interface KnownSeries {
  /** As it is stored: `http_request_duration_seconds_bucket`. */
  readonly name: string;
  readonly labels: Labels;
  /** Of a gauge its value at a time; of a counter what it grows by in a second. */
  readonly at: (time: number) => number;
  readonly isCounter: boolean;
  /** Whether it was there a week before, too. Default: false. */
  readonly everyWeek?: boolean;
}

/** A value that goes up and down. */
export function gauge(name: string, labels: Labels, at: (time: number) => number): KnownSeries {
  return { name, labels, at, isCounter: false };
}

/** A count that grows by so much in a second. */
export function counter(name: string, labels: Labels, perSecond: (time: number) => number): KnownSeries {
  return { name, labels, at: perSecond, isCounter: true };
}

/**
 * The series of a histogram.
 * @param perSecond how many it measures in a second
 * @param shareUpTo share of the measured that is at most a bound, from 0 to 1
 * @param mean of the measured
 */
export function histogram(
  name: string,
  labels: Labels,
  bounds: readonly number[],
  perSecond: (time: number) => number,
  shareUpTo: (bound: number, time: number) => number,
  mean: (time: number) => number,
): KnownSeries[] {
  const buckets = bounds.map((bound) =>
    counter(
      `${name}_bucket`,
      { ...labels, le: String(bound) },
      (time) => perSecond(time) * shareUpTo(bound, time),
    ),
  );
  return [
    ...buckets,
    counter(`${name}_bucket`, { ...labels, le: "+Inf" }, perSecond),
    counter(`${name}_count`, labels, perSecond),
    counter(`${name}_sum`, labels, (time) => perSecond(time) * mean(time)),
  ];
}
