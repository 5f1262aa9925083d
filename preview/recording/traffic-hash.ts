import { createHash } from "node:crypto";
import { resolve } from "node:path";
import type { KnownSeries } from "../../dashboards/known-traffic/series";
import type { Span } from "../../dashboards/known-traffic/timeline";
import { knownTraffic } from "../../shop/known-traffic";
import { hashOfFiles } from "../server/sources-hash";
import { referenceEnvironment } from "./reference-environment";
import { knownParts } from "./traffic";

/** What stores the series, records and fires from them, and says what is shown. */
const sources = [
  "dashboards/known-traffic/timeline.ts",
  "preview/recording/alert-history.ts",
  "preview/recording/known-data.ts",
  "preview/recording/write-series.ts",
];
/** Seconds between the values that are read: a few of them fall into the incident. */
const step = 600;
/** Further digits may differ between machines. */
const digits = 5;

/**
 * Names what the answers are made of. Of the known series these are their values: where the same come of other sources,
 * no picture is old.
 */
export function trafficHash(): string {
  const hash = createHash("sha256").update(hashOfFiles(resolve(__dirname, "../.."), sources));
  for (const { series, spans, step: own } of knownParts(referenceEnvironment(), knownTraffic)) {
    hash.update(JSON.stringify([spans, own]));
    for (const line of series.map((each) => inWords(each, spans)).sort()) hash.update(line);
  }
  return hash.digest("hex").slice(0, 32);
}

function inWords({ name, labels, at, isCounter }: KnownSeries, spans: readonly Span[]): string {
  const values: string[] = [];
  for (const { from, to } of spans) {
    for (let time = from; time <= to; time += step) values.push(at(time).toPrecision(digits));
  }
  return JSON.stringify([name, Object.entries(labels).sort(), isCounter, values]);
}
