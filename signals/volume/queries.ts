import type { Expr as Node, VectorExpr } from "@grafana/promql-builder";
import { askedBy } from "../../dashboards/asked";
import { operandsOf } from "../../metrics/promql";
import { secondsOf } from "../../metrics/duration";
import type { Watched } from "../watched";
import { exactly, mapRange, type Range, total } from "./range";
import { recordedJob, type StoredSeries } from "./series";

/** What it takes to say how many samples an expression reads. */
export interface Read {
  readonly stored: readonly StoredSeries[];
  /** Seconds between two samples of a series. */
  readonly interval: number;
}

/** Scrapes in Grafana's `$__rate_interval`. */
const scrapesInRate = 4;
/** Time that a dashboard shows at first. */
const shown = 3_600;

/** Samples that all rules read in a second. */
export function samplesReadByRules(watched: Watched, stored: readonly StoredSeries[]): Range {
  const read = { stored, interval: secondsOf(watched.environment.prometheus.scrapeInterval) };
  return total(
    Object.values(watched.groups)
      .flat()
      .flatMap(({ interval, rules }) => {
        const seconds = interval === undefined ? read.interval : secondsOf(interval);
        return rules.map(({ expr }) => mapRange(samplesRead(expr.node, read), (value) => value / seconds));
      }),
  );
}

/**
 * Samples that a dashboard reads in a second in which it is open: each of its queries once in a refresh, at each scrape of
 * the hour that it shows. It is the mean of all dashboards, each with its rows unfolded.
 */
export function samplesReadByDashboard(watched: Watched, stored: readonly StoredSeries[]): Range {
  const { grafana, prometheus } = watched.environment;
  const interval = secondsOf(prometheus.scrapeInterval);
  const dashboards = watched.folders.flatMap((folder) => folder.dashboards);
  const steps = shown / interval;
  const loads = dashboards.flatMap((dashboard) =>
    askedBy(dashboard).map(({ query: { node } }) => samplesRead(node, { stored, interval })),
  );
  const perLoad = mapRange(total(loads), (value) => (value * steps) / dashboards.length);
  return mapRange(perLoad, (value) => value / secondsOf(grafana.refresh));
}

/**
 * Samples that one evaluation of an expression reads: of each selector its series, each with the samples of its range.
 * Of its matchers those of a job or service alone are looked at, so that it can be less.
 */
export function samplesRead(node: Node, read: Read): Range {
  if (node.type === "vectorExpr") return samplesOf(node, read);
  const ofOperands = total(operandsOf(node).map((operand) => samplesRead(operand, read)));
  if (node.type !== "subqueryExpr") return ofOperands;
  const step = node.resolution ? lengthOf(node.resolution, read) : read.interval;
  return mapRange(ofOperands, (value) => value * Math.ceil(lengthOf(node.range, read) / step));
}

function samplesOf({ metric, range, labels }: VectorExpr, read: Read): Range {
  const { stored, interval } = read;
  const job = labels.find(
    ({ name, operator }) => (name === "service" || name === "job") && operator === "=",
  )?.value;
  const hasJob = stored.some((each) => each.job === job);
  const series = total(
    stored
      .filter((each) => !hasJob || each.job === job || each.job === recordedJob)
      .map(({ byName }) => byName.get(metric) ?? exactly(0)),
  );
  const perSeries = range === "" ? 1 : Math.ceil(lengthOf(range, read) / interval);
  return mapRange(series, (value) => value * perSeries);
}

/** Seconds of a range; of Grafana's own what it puts in their place. */
function lengthOf(range: string, { interval }: Read): number {
  if (range === "$__range") return shown;
  if (range === "$__interval") return interval;
  return range === "$__rate_interval" ? scrapesInRate * interval : secondsOf(range);
}
