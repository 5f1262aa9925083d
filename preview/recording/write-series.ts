import { closeSync, openSync, writeSync } from "node:fs";
import type { KnownSeries } from "../../dashboards/known-traffic/series";
import { scrapeSeconds, type Span } from "../../dashboards/known-traffic/timeline";
import type { KnownPart } from "./traffic";

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

/** Writes series in the OpenMetrics format, as `promtool tsdb create-blocks-from` takes them. */
export function writeSeries(file: string, parts: readonly KnownPart[]): void {
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
