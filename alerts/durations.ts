import { secondsOf } from "../metrics/duration";
import type { Duration } from "../metrics/promql";

export { secondsOf };

const units = { d: 86400, h: 3600, m: 60 } as const;

/** A whole number of seconds as a duration in the longest unit that leaves it whole: `5m` for 300, `84m` for 5040. */
export function durationOf(seconds: number): Duration {
  for (const unit of ["d", "h", "m"] as const) {
    if (seconds % units[unit] === 0) return `${BigInt(seconds / units[unit])}${unit}`;
  }
  return `${BigInt(seconds)}s`;
}

/** Rules look back 5 minutes at the least, in which there must be two samples, one of them lost. */
const longestScrapeSeconds = 100;

/**
 * Seconds of a scrape interval that the rules can work with.
 * @throws RangeError when it is too long.
 */
export function checkedScrapeSeconds(interval: string): number {
  const seconds = secondsOf(interval);
  if (seconds <= longestScrapeSeconds) return seconds;
  throw new RangeError(
    `A scrape interval of ${interval} is too long: rules look back 5 minutes and need three samples in them. ` +
      `Scrape at least every ${String(longestScrapeSeconds)} s.`,
  );
}
