import type { Duration } from "../metrics/promql";
import { durationOf } from "./durations";

/** An alert that fires when an error budget burns too fast over a long and over a short window. */
export interface BurnAlert {
  readonly long: Duration;
  /** What has ended is soon below the factor here: the alert ends, though the long window still remembers. */
  readonly short: Duration;
  /** How many times as fast as allowed. */
  readonly factor: number;
  /** How long both must hold. */
  readonly for: Duration;
  readonly severity: "critical" | "warning";
}

/**
 * Of 30 days, as in the Site Reliability Workbook, chapter 5, table 5-8: by then 2, 5, 10 and 10 % of the budget are
 * used.
 */
const ofThirtyDays = [
  { longMinutes: 60, factor: 14.4, severity: "critical" },
  { longMinutes: 6 * 60, factor: 6, severity: "critical" },
  { longMinutes: 24 * 60, factor: 3, severity: "warning" },
  { longMinutes: 72 * 60, factor: 1, severity: "warning" },
] as const;

/** The rates that are recorded look back so far: a shorter window would hold the same. */
const shortestMinutes = 5;

/**
 * The burn-rate alerts of an objective over so many days. The factors are always those of the workbook; the windows
 * shrink and grow with the objective's own, so that each stands for the same share of its budget. Were the windows fixed,
 * the factors would have to shrink: below 1 they tell of a budget that lasts.
 */
export function burnAlertsOver(windowDays: number): BurnAlert[] {
  return ofThirtyDays.map(({ longMinutes, factor, severity }) => {
    const long = (longMinutes * windowDays) / 30;
    // A twelfth, as in the workbook.
    const short = Math.max(shortestMinutes, long / 12);
    return {
      long: rounded(long),
      short: rounded(short),
      factor,
      for: rounded(Math.floor(short / 2)),
      severity,
    };
  });
}

/** The windows of burn-rate alerts, each once. */
export function windowsOf(alerts: readonly BurnAlert[]): Duration[] {
  return [...new Set(alerts.flatMap(({ long, short }) => [long, short]))];
}

/** In whole minutes, and in whole hours where it is some hours: people read it. */
function rounded(minutes: number): Duration {
  return durationOf(minutes < 180 ? Math.round(minutes) * 60 : Math.round(minutes / 60) * 3600);
}
