import type { Catalogue } from "../metrics/catalogue";
import type { SeriesLabel, SeriesName } from "../metrics/promql";
import { familyOf } from "../metrics/families";
import { standard } from "../metrics/standard";
import type { Severity } from "./rule";

/**
 * What a series does in a phase: of a gauge its value, of a counter its growth per second; null: it is not there. A
 * function gives the value itself, by the seconds since the phase began.
 */
export type Level = number | null | ((seconds: number) => number);

/** What a series does while all is well, just before the alert's edge, and beyond it. */
export type Levels = readonly [healthy: Level, edge: Level, faulty: Level];

/** One input series of a case. */
export interface CaseSeries {
  /** As PromQL writes it: `up{job="shop"}`. */
  readonly series: string;
  readonly isCounter: boolean;
  readonly levels: Levels;
}

/** Makes input series of a catalogue. */
export type SeriesMaker<C extends Catalogue> = <const S extends SeriesName<C>>(
  name: S,
  labels: { readonly [L in SeriesLabel<C, S>]?: string },
  levels: Levels,
) => CaseSeries;

/** Input series of a catalogue: names and labels that it does not have do not compile. */
export function seriesOver<C extends Catalogue>(catalogue: C): SeriesMaker<C> {
  return (name, labels, levels) => {
    const matchers = Object.entries<string | undefined>(labels).map(
      ([label, value]) => `${label}="${value ?? ""}"`,
    );
    return { series: `${name}{${matchers.join(", ")}}`, isCounter: isCounter(catalogue, name), levels };
  };
}

/** Input series of what every system has. */
export const series = seriesOver(standard);

/**
 * A counter of events that are rare: it grows by one, or by `each`, after every so many seconds.
 * @param times after so many events there are no more; default: they go on.
 */
export function every(spacingSeconds: number, { each = 1, times = Infinity } = {}): Level {
  return (seconds) => each * Math.min(times, Math.floor(seconds / spacingSeconds));
}

/** Scrapes as an environment makes them by default, each some seconds after an evaluation: for counters of rare events. */
export const rare = { step: 15, samplesAfter: 5 } as const;

/** Whether a series only grows: a counter, or a part of a histogram or summary. */
function isCounter(catalogue: Catalogue, series: string): boolean {
  const family = familyOf(catalogue, series);
  return family !== undefined && (family.type === "counter" || family.name !== series);
}

/**
 * How an alert behaves: three levels of its series, from which the tests make their scenarios. Silent while all is
 * well, until `for` has passed, at the edge, at the edge when counters start again at 0, without traffic and without
 * any series; fires beyond the edge with exactly these labels and texts; resolves after the mending.
 */
export interface AlertCase {
  readonly alert: string;
  readonly severity: Severity;
  readonly series: readonly CaseSeries[];
  /** Labels of the alert that fires, beside its name, severity and environment; with them its rule is chosen. */
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
  /** Seconds between two samples and between two evaluations. Default 30. */
  readonly step?: number;
  /** Seconds, below `step`, by which each sample is later than an evaluation. Default: none. */
  readonly samplesAfter?: number;
  /** Minutes of each phase. Default: 30, 40, 60. */
  readonly minutes?: { readonly healthy: number; readonly faulty: number; readonly mended: number };
  /** Why the alert fires where there are no series at all. Default: it does not. */
  readonly firesOnNothing?: string;
  /** Why the alert fires where counters stand still. Default: it does not. */
  readonly firesWithoutTraffic?: string;
}
