import type { Bill } from "../../operations/cost/bill";
import { exactly, type Range, total } from "../../signals/volume/range";
import type { Version } from "../version/version";
import type { DescribedSeries, DescribedVolume } from "../version/volume";
import { type Figures, figuresOf, shareOf } from "./figures";
import type { MeasuredVolume } from "./measured-volume";
import { savedDollars } from "./money";
import { type Relabelling, relabellingsOf } from "./relabelling";
import { isStored } from "./stored";
import { type Unread, unreadByCatalogue, unreadMeasured } from "./unread";

/** What is compared: before and after. Undefined where a version does not have it. */
export interface BeforeAfter<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** What a Prometheus has now, and what it will have. */
export interface MeasuredChange {
  /** Its URL, without credentials. */
  readonly at: string;
  readonly now: Figures;
  /** When the reviewed version is deployed. */
  readonly then: Figures;
}

/** What a change of the monitoring costs, or saves: plain data. */
export interface CostChange {
  readonly before: Figures;
  readonly after: Figures;
  /** By the bounds of the catalogue. How many values were counted of labels of which nobody knows a bound. */
  readonly openValues: BeforeAfter<number>;
  /** In the order of the version's configuration, those that are gone last. */
  readonly jobs: readonly ({ readonly job: string } & BeforeAfter<Figures>)[];
  /** All metrics, those first whose series change most, then those with most series. */
  readonly metrics: readonly ({ readonly metric: string } & BeforeAfter<Figures>)[];
  /** What a Prometheus has. Undefined where none was asked. */
  readonly measured?: MeasuredChange;
  /** What nothing reads: of what the Prometheus has where one was asked, else of what the catalogue lets be there. */
  readonly unread: Unread;
  readonly relabellings: readonly Relabelling[];
  /** What all these relabellings save together. */
  readonly saved: Figures & {
    /** Of all series, from 0 to 1. It is the share of the samples, too: each series has one in every interval. */
    readonly share: Range;
    /** US dollars a month at Amazon Managed Prometheus, for samples that are not taken. */
    readonly dollars: Range;
  };
  /** What each engine costs a month. */
  readonly bills: BeforeAfter<readonly Bill[]>;
}

/** What a change is reckoned with, besides the versions. */
export interface CostSettings {
  /** What a Prometheus has. Default: the catalogue bounds it. */
  readonly measured?: MeasuredVolume;
  /** Names of series that others read. Default: nobody else reads anything. */
  readonly foreignReads?: readonly string[];
}

/** What a version stores and costs against another one. */
export function costChangeOf(
  before: Pick<Version, "volume">,
  after: Pick<Version, "volume">,
  { measured, foreignReads = [] }: CostSettings = {},
): CostChange {
  const [old, volume] = [before.volume, after.volume];
  const { scrapeIntervalSeconds: interval } = volume;
  const readers = { volume, foreignReads };
  const unread = measured ? unreadMeasured(readers, measured) : unreadByCatalogue(readers);
  const relabellings = relabellingsOf(unread.series, interval);
  const saved = total(relabellings.map(({ saves }) => saves.series));
  const change = measured && measuredChange(old, volume, measured);
  const all = change?.then.series ?? seriesOf(volume);
  return {
    before: figuresOf(seriesOf(old), old.scrapeIntervalSeconds),
    after: figuresOf(seriesOf(volume), interval),
    openValues: { before: old.openValues, after: volume.openValues },
    jobs: jobsOf(old, volume),
    metrics: metricsOf(old, volume),
    ...(change && { measured: change }),
    unread,
    relabellings,
    saved: {
      ...figuresOf(saved, interval),
      share: shareOf(saved, all),
      dollars: savedDollars(figuresOf(all, interval), figuresOf(saved, interval)),
    },
    bills: { before: old.bills, after: volume.bills },
  };
}

function seriesOf({ jobs }: DescribedVolume): Range {
  return total(jobs.flatMap(({ series }) => series));
}

function jobsOf(before: DescribedVolume, after: DescribedVolume): CostChange["jobs"] {
  const names = new Set([...after.jobs, ...before.jobs].map(({ job }) => job));
  const figures = ({ jobs, scrapeIntervalSeconds }: DescribedVolume, name: string) => {
    const job = jobs.find((each) => each.job === name);
    return job && figuresOf(total(job.series), scrapeIntervalSeconds);
  };
  return [...names].map((job) => ({ job, before: figures(before, job), after: figures(after, job) }));
}

function metricsOf(before: DescribedVolume, after: DescribedVolume): CostChange["metrics"] {
  const [old, fresh] = [before, after].map(byMetric) as [Map<string, Figures>, Map<string, Figures>];
  const change = (metric: string) =>
    Math.abs((fresh.get(metric)?.series.most ?? 0) - (old.get(metric)?.series.most ?? 0));
  const size = (metric: string) => (fresh.get(metric) ?? old.get(metric))?.series.most ?? 0;
  return [...new Set([...fresh.keys(), ...old.keys()])]
    .sort((one, other) => change(other) - change(one) || size(other) - size(one) || (one < other ? -1 : 1))
    .map((metric) => ({ metric, before: old.get(metric), after: fresh.get(metric) }));
}

function byMetric({ jobs, scrapeIntervalSeconds }: DescribedVolume): Map<string, Figures> {
  const metrics = new Map<string, DescribedSeries[]>();
  for (const each of jobs.flatMap(({ series }) => series)) {
    const known = metrics.get(each.metric);
    if (known) known.push(each);
    else metrics.set(each.metric, [each]);
  }
  return new Map(
    [...metrics].map(([metric, series]) => [metric, figuresOf(total(series), scrapeIntervalSeconds)]),
  );
}

/**
 * What is measured stays as it is where both versions let a name have as many series, goes where the new one does not store
 * it, and grows or falls as its bounds do. A name that is new has what the catalogue lets it have.
 */
function measuredChange(
  before: DescribedVolume,
  after: DescribedVolume,
  measured: MeasuredVolume,
): MeasuredChange {
  const [old, fresh] = [before, after].map(
    ({ jobs }) => new Map(jobs.map((each) => [each.job, each] as const)),
  );
  const kept = measured.jobs.flatMap(({ job, series }) => {
    const [oldJob, newJob] = [old?.get(job), fresh?.get(job)];
    // A job of neither version is somebody else's, and stays.
    if (newJob === undefined && oldJob === undefined) return series.map(({ count }) => exactly(count));
    if (newJob === undefined) return [];
    return series.map(({ name, count }) => {
      if (!isStored(newJob, name)) return exactly(0);
      const [was, is] = [oldJob, newJob].map((each) => each?.series.find((one) => one.name === name));
      // What the catalogue no longer has is measured no more, but what it never had stays.
      return was === undefined ? exactly(count) : scaled(count, was, is);
    });
  });
  const known = new Set(
    measured.jobs.flatMap(({ job, series }) => series.map(({ name }) => JSON.stringify([job, name]))),
  );
  const added = after.jobs.flatMap(({ job, series }) =>
    series.filter(
      ({ name }) =>
        !known.has(JSON.stringify([job, name])) &&
        old?.get(job)?.series.find((one) => one.name === name) === undefined,
    ),
  );
  const counts = measured.jobs.flatMap(({ series }) => series.map(({ count }) => exactly(count)));
  return {
    at: measured.at,
    now: figuresOf(total(counts), before.scrapeIntervalSeconds),
    then: figuresOf(total([...kept, ...added]), after.scrapeIntervalSeconds),
  };
}

function scaled(count: number, was: Range, is: Range | undefined): Range {
  if (is === undefined) return exactly(0);
  const ratios = [is.most / was.most, is.least / was.least].filter(Number.isFinite);
  if (ratios.length === 0) return exactly(count);
  return { least: count * Math.min(...ratios), most: count * Math.max(...ratios) };
}
