import type { Duration } from "../metrics/promql";

const units = { y: 31536000, w: 604800, d: 86400, h: 3600, m: 60, s: 1, ms: 0.001 } as const;
const pattern = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/**
 * Seconds of a duration as Prometheus writes it: `90` for `1m30s`.
 * @throws RangeError when the text is none.
 */
export function secondsOf(duration: string): number {
  const match = duration === "" ? null : pattern.exec(duration);
  if (match === null) throw new RangeError(`"${duration}" is no duration such as "15s" or "1m30s".`);
  return Object.values(units).reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit, 0);
}

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
