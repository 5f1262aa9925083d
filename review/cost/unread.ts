import { exactly, mapRange, type Range } from "../../signals/volume/range";
import { recordedJob } from "../../signals/volume/series";
import type { DescribedJob, DescribedSeries, DescribedVolume } from "../version/volume";
import { readsBucket, sameBound, spellingsOf } from "./buckets";
import type { MeasuredSeries, MeasuredVolume } from "./measured-volume";
import { isOwn, isStored } from "./stored";

/** Series that are stored and that nothing reads. */
export interface UnreadSeries {
  readonly job: string;
  readonly name: string;
  /** Texts of `le` of the buckets that are meant. Undefined: all series of the name. */
  readonly le?: readonly string[];
  readonly series: Range;
  /** Whether the catalogue knows the name at this job. */
  readonly isCatalogued: boolean;
}

/** What nothing reads. */
export interface Unread {
  /** Series that a relabelling of their job would leave out. */
  readonly series: readonly UnreadSeries[];
  /** Series that the reviewed version leaves out already, and that the Prometheus still has: they go when it is deployed. */
  readonly leftOutByChange: readonly UnreadSeries[];
  /** Recorded names that nothing reads: no relabelling leaves them out, only their rule can go. */
  readonly recorded: readonly UnreadSeries[];
  /** Jobs that the version does not have: who reads them is not known, so that nothing is said of them. */
  readonly otherJobs: readonly { readonly job: string; readonly series: number }[];
}

/** Whose readers count. */
export interface Readers {
  readonly volume: DescribedVolume;
  /** Names of series that others read: foreign dashboards and rules. */
  readonly foreignReads: readonly string[];
}

/** What nothing reads, of what the catalogue says that is stored. */
export function unreadByCatalogue(readers: Readers): Unread {
  const found = readers.volume.jobs.flatMap((job) =>
    job.series.filter(({ most }) => most > 0).flatMap((each) => unreadOf(readers, job, each)),
  );
  return {
    series: found.filter(({ job }) => job !== recordedJob),
    leftOutByChange: [],
    recorded: found.filter(({ job }) => job === recordedJob),
    otherJobs: [],
  };
}

/** What nothing reads, of what a Prometheus has. */
export function unreadMeasured(readers: Readers, measured: MeasuredVolume): Unread {
  const jobs = new Map(readers.volume.jobs.map((job) => [job.job, job]));
  const unread: { readonly [K in keyof Unread]: Unread[K][number][] } = {
    series: [],
    leftOutByChange: [],
    recorded: [],
    otherJobs: [],
  };
  for (const { job, series } of measured.jobs) {
    const described = jobs.get(job);
    if (described === undefined) {
      unread.otherJobs.push({ job, series: series.reduce((sum, { count }) => sum + count, 0) });
      continue;
    }
    for (const each of series) {
      const found = unreadOf(readers, described, each);
      if (job === recordedJob) unread.recorded.push(...found);
      else if (isStored(described, each.name)) unread.series.push(...found);
      else unread.leftOutByChange.push(...found);
    }
  }
  return unread;
}

function unreadOf(
  { volume, foreignReads }: Readers,
  { job, series: catalogued }: DescribedJob,
  stored: DescribedSeries | MeasuredSeries,
): UnreadSeries[] {
  const { name } = stored;
  const isWanted = isOwn(name) || foreignReads.includes(name) || isOneOf(volume.alsoStored, name);
  if (isWanted) return [];
  const series = "count" in stored ? exactly(stored.count) : { least: stored.least, most: stored.most };
  const common = { job, name, isCatalogued: catalogued.some((each) => each.name === name) };
  if (!volume.read.includes(name)) return [{ ...common, series }];
  const selectors = volume.bucketsRead[name];
  if (selectors === undefined) return [];
  const isUnread = (le: string) => !readsBucket(selectors, le);
  if ("count" in stored) {
    const les = Object.entries(stored.byLe ?? {}).filter(([le]) => isUnread(le));
    const count = les.reduce((sum, [, each]) => sum + each, 0);
    if (count === 0) return [];
    return [{ ...common, le: les.flatMap(([le]) => sameBound(le)), series: exactly(count) }];
  }
  const { buckets } = stored;
  if (buckets === undefined) return [];
  const unread = [...buckets.map(String), "+Inf"].filter(isUnread);
  if (unread.length === 0) return [];
  const share = unread.length / (buckets.length + 1);
  const le = unread.flatMap((each) => (each === "+Inf" ? [each] : spellingsOf(Number(each))));
  return [{ ...common, le, series: mapRange(series, (value) => value * share) }];
}

function isOneOf(patterns: readonly string[], name: string): boolean {
  return patterns.length > 0 && new RegExp(`^(?:${patterns.join("|")})$`, "s").test(name);
}
