import type { VectorExpr } from "@grafana/promql-builder";
import { entryOf, familyOf } from "../../metrics/families";
import { secondsOf } from "../../metrics/duration";
import { selectorsOf } from "../../metrics/promql";
import { managedBill, ownBill } from "../../operations/cost/bill";
import { prices } from "../../operations/cost/prices";
import { readingsOf, type Readable } from "../../signals/reads";
import { seriesReadBy } from "../../signals/stored-series";
import { loadOf } from "../../signals/volume/load";
import { defaultOpenValues, seriesByCatalogue, type StoredSeries } from "../../signals/volume/series";
import type { Watched } from "../../signals/watched";
import type { DescribedJob, DescribedVolume, LeMatcher } from "./volume";

/** What a volume is reckoned with. */
export interface VolumeSettings {
  /** How many values stand for labels of which nobody knows a bound. Default: as `npm run cost`. */
  readonly openValues?: number;
  /** Hours a day in which a dashboard is open. Default: 8 */
  readonly dashboardHours?: number;
}

/** What an environment stores by its catalogue, who reads it, and what it costs, as plain data. */
export function describeVolume(watched: Watched, settings: VolumeSettings = {}): DescribedVolume {
  const { openValues = defaultOpenValues, dashboardHours = 8 } = settings;
  const { environment } = watched;
  const stored = seriesByCatalogue(watched, openValues);
  const load = loadOf(watched, stored);
  return {
    scrapeIntervalSeconds: secondsOf(environment.prometheus.scrapeInterval),
    openValues,
    dashboardHours,
    jobs: stored.map((each) => describeJob(watched, each)),
    read: [...seriesReadBy(watched)].sort(),
    bucketsRead: bucketsReadBy(watched),
    alsoStored: environment.prometheus.alsoStored,
    bills: [ownBill(environment, prices), managedBill(environment, load, { hours: dashboardHours, prices })],
  };
}

function describeJob({ catalogue, jobs }: Watched, stored: StoredSeries): DescribedJob {
  const { job, targets, isDiscovered, byName } = stored;
  const { storesOnly, storesAllBut } = jobs.find(({ jobName }) => jobName === job) ?? {};
  const series = [...byName].map(([name, { least, most }]) => {
    const family = familyOf(catalogue, name);
    const buckets = name.endsWith("_bucket") ? entryOf(catalogue, family?.name ?? "")?.buckets : undefined;
    return { name, metric: family?.name ?? name, least, most, ...(buckets && { buckets }) };
  });
  return {
    job,
    targets,
    isDiscovered,
    ...(storesOnly && { storesOnly }),
    ...(storesAllBut && { storesAllBut }),
    series,
  };
}

/** A quantile needs all buckets; only where every selector names the bounds that it wants, others are not read. */
function bucketsReadBy(readable: Readable): DescribedVolume["bucketsRead"] {
  const selectors = new Map<string, readonly LeMatcher[][]>();
  for (const selector of readingsOf(readable).flatMap(({ node }) => selectorsOf(node))) {
    if (!selector.metric.endsWith("_bucket")) continue;
    const before = selectors.get(selector.metric) ?? [];
    selectors.set(selector.metric, [...before, leMatchersOf(selector)]);
  }
  return Object.fromEntries(
    [...selectors]
      .filter(([, each]) => each.every((matchers) => matchers.length > 0))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

function leMatchersOf({ labels }: VectorExpr): LeMatcher[] {
  return labels.flatMap(({ name, operator, value }) =>
    name === "le" && (operator === "=" || operator === "=~") ? [{ operator, value }] : [],
  );
}
