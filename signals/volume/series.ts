import { isAlert } from "../../alerts/rule";
import type { ScrapeConfig } from "../../constructs/docker/prometheus-configuration";
import { type CatalogueEntry, entriesOf } from "../../metrics/catalogue";
import type { Metric } from "../../metrics/define";
import { knownLabelSets, seriesPerLabelSet, worstCaseLabelSets } from "../../metrics/series";
import { everyService } from "../../metrics/targets";
import { seriesNames, storesSeries } from "../stored-series";
import type { Watched } from "../watched";
import { exactly, mapRange, type Range, total } from "./range";

/** The series that an engine stores of one job, or of the rules. */
export interface StoredSeries {
  /** Name of the job, or `recordedJob`. */
  readonly job: string;
  /** How many targets it has; where some are discovered, at least so many. */
  readonly targets: number;
  /** Whether targets are discovered, so that nobody knows beforehand how many there are. */
  readonly isDiscovered: boolean;
  /** Series by their name. */
  readonly byName: ReadonlyMap<string, Range>;
}

/** What stands for the job of series that rules record. */
export const recordedJob = "(recorded by rules)";

/** Values that are counted of labels of which nobody knows any bound: a device, a container, a handler. */
export const defaultOpenValues = 10;

/** What Prometheus itself writes of each target, whatever is dropped: up and four of its scrape. */
const ownSeriesPerTarget = 5;
const ownSeries = "up";

/**
 * The series that an environment stores, by its catalogue: between those that are there before anything happens, and those
 * that can be there.
 * @param openValues how many values are counted of what nobody knows: of all such labels of a metric together
 */
export function seriesByCatalogue(watched: Watched, openValues: number): readonly StoredSeries[] {
  return [
    ...watched.jobs.map((job) => ofJob(watched, job, openValues)),
    { job: recordedJob, targets: 0, isDiscovered: false, byName: recordedOf(watched, openValues) },
  ];
}

/** How many series these are. */
export function seriesIn(stored: readonly StoredSeries[]): Range {
  return total(stored.flatMap(({ byName }) => [...byName.values()]));
}

function ofJob(watched: Watched, job: ScrapeConfig, openValues: number): StoredSeries {
  const { environment, catalogue, given } = watched;
  const isService = environment.services.some(({ name }) => name === job.jobName);
  const known = job.staticConfigs.flatMap((config) => config.targets).length;
  const targets = Math.max(known, 1);
  const byName = new Map([[ownSeries, exactly(targets * ownSeriesPerTarget)]]);
  const own = entriesOf(catalogue).filter(
    (entry) =>
      isExportedBy(entry, job.jobName, isService) && (!entry.onlyWith || given.includes(entry.onlyWith)),
  );
  for (const metric of own) {
    for (const [name, series] of seriesOfTarget(metric, openValues)) {
      if (storesSeries(job, name))
        byName.set(
          name,
          mapRange(series, (value) => value * targets),
        );
    }
  }
  return { job: job.jobName, targets, isDiscovered: job.discovered !== undefined, byName };
}

function isExportedBy({ exportedBy }: CatalogueEntry, job: string, isService: boolean): boolean {
  return exportedBy.some((by) => by === job || (isService && by === everyService));
}

/** The series that one target gives a metric, by their names. */
function seriesOfTarget(metric: Metric, openValues: number): readonly (readonly [string, Range])[] {
  const sets: Range = { least: leastLabelSets(metric), most: worstCaseLabelSets(metric, openValues) };
  const names = seriesNames(metric);
  if (names.length === 1) return names.map((name) => [name, sets]);
  // All but the first one, that of the buckets or quantiles, have a series of each label set.
  const inFirst = seriesPerLabelSet(metric) - (names.length - 1);
  return names.map((name, index) => [name, mapRange(sets, (value) => value * (index === 0 ? inFirst : 1))]);
}

/** Those that are there before anything happens: where all values are known, all; where others set them, one. */
function leastLabelSets(metric: Metric): number {
  if (metric.absentWhen !== undefined) return 0;
  const known = knownLabelSets(metric);
  if (known) return known.length;
  return Object.values(metric.labels).some(({ kind }) => kind === "bounded") ? 0 : 1;
}

function recordedOf({ environment, groups }: Watched, openValues: number): ReadonlyMap<string, Range> {
  const most = Math.max(openValues, environment.services.length);
  const byName = new Map<string, Range>();
  const rules = Object.values(groups).flatMap((inFile) => inFile.flatMap((group) => group.rules));
  for (const rule of rules) {
    if (isAlert(rule)) continue;
    byName.set(rule.record, total([byName.get(rule.record) ?? exactly(0), { least: 1, most }]));
  }
  return byName;
}
