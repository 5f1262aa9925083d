import { closeSync, openSync, writeSync } from "node:fs";
import { scrapeSeconds, type Span } from "./timeline";

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

/** A counter that has run for long starts at what it had by then. */
const runningFor = 100_000;

/** The samples of a series in a span, as lines of the OpenMetrics format. */
function linesOf({ name, labels, at, isCounter }: KnownSeries, { from, to }: Span, step: number): string {
  const texts = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const head = `${name}{${texts.join(",")}}`;
  const lines: string[] = [];
  let sum = isCounter ? at(from) * runningFor : 0;
  for (let time = from; time <= to; time += step) {
    const value = at(time);
    sum += value * step;
    lines.push(`${head} ${rounded(isCounter ? sum : value)} ${String(time)}\n`);
  }
  return lines.join("");
}

/** To nine digits: what is written does not depend on how a machine computes the last ones. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(9)));
}

/**
 * Writes series in the OpenMetrics format, as `promtool tsdb create-blocks-from` takes them.
 * @param step time between two samples, in seconds. Default: that of the scrapes
 */
export function writeSeries(
  file: string,
  parts: readonly {
    readonly series: readonly KnownSeries[];
    readonly spans: readonly Span[];
    readonly step?: number;
  }[],
): void {
  const output = openSync(file, "w");
  try {
    for (const { series, spans, step = scrapeSeconds } of parts) {
      for (const each of series) for (const span of spans) writeSync(output, linesOf(each, span, step));
    }
    writeSync(output, "# EOF\n");
  } finally {
    closeSync(output);
  }
}
