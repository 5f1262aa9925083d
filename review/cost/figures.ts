import { secondsOfMonth } from "../../operations/cost/bill";
import { mapRange, type Range } from "../../signals/volume/range";

/** How much an engine has to take and keep. */
export interface Figures {
  /** Series that are active at once. */
  readonly series: Range;
  readonly samplesPerSecond: Range;
  readonly samplesPerMonth: Range;
}

/** What so many series are, each with a sample in every interval. */
export function figuresOf(series: Range, intervalSeconds: number): Figures {
  return {
    series: { least: series.least, most: series.most },
    samplesPerSecond: mapRange(series, (value) => value / intervalSeconds),
    samplesPerMonth: mapRange(series, (value) => (value / intervalSeconds) * secondsOfMonth),
  };
}

/** Which part one is of the other, from 0 to 1; of nothing it is 0. */
export function shareOf(part: Range, whole: Range): Range {
  const shares = [part.least / whole.least, part.most / whole.most].map((each) =>
    Number.isFinite(each) ? each : 0,
  );
  return { least: Math.min(...shares), most: Math.max(...shares) };
}
