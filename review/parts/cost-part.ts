import type { CostPart, CostRow, Volume } from "../page/data/cost";
import { type BeforeAfter, costChangeOf, type CostSettings } from "../cost/change";
import type { Figures } from "../cost/figures";
import type { UnreadSeries } from "../cost/unread";
import { list, many } from "../page/words";
import type { Version } from "../version/version";

/** So many metrics are named. */
const mostMetrics = 60;

/** What a change costs, for the page: of what is known as a range its greatest number. */
export function costPartOf(before: Version, after: Version, settings: CostSettings = {}): CostPart {
  const change = costChangeOf(before, after, settings);
  const { measured, unread, saved } = change;
  const metrics = change.metrics.filter(({ before: one, after: other }) => seriesOf(one) !== seriesOf(other));
  const engines = [
    ...new Set([...(change.bills.after ?? []), ...(change.bills.before ?? [])].map(({ engine }) => engine)),
  ];
  const dollars = (bills: typeof change.bills.after, engine: string) =>
    bills?.find((bill) => bill.engine === engine)?.dollars.most;
  return {
    totals: [
      ...(measured
        ? [
            {
              source: `measured at ${measured.at}`,
              before: volumeOf(measured.now),
              after: volumeOf(measured.then),
            },
          ]
        : []),
      {
        source: "by the catalogue's bounds, at most",
        before: volumeOf(change.before),
        after: volumeOf(change.after),
      },
    ],
    jobs: change.jobs.map((row) => rowOf(row.job, row)),
    metrics: metrics.slice(0, mostMetrics).map((row) => rowOf(row.metric, row)),
    money: engines.map((engine) => ({
      engine,
      before: dollars(change.bills.before, engine),
      after: dollars(change.bills.after, engine),
    })),
    unused: unread.series.map(({ name, job, le, series }) => ({
      metric: le === undefined ? name : `${name} (le ${le.join(", ")})`,
      job,
      series: series.most,
      samplesPerSecond: series.most / after.volume.scrapeIntervalSeconds,
    })),
    relabelling: change.relabellings.map(({ job, yaml, saves }) => {
      const share = saves.series.most / Math.max(1, (measured?.then ?? change.after).series.most);
      return { job, yaml, series: share, samples: share };
    }),
    notes: [
      ...(saved.series.most > 0
        ? [
            `All relabellings together save up to ${Math.round(saved.share.most * 100).toString()} % of the series, and up to ${saved.dollars.most.toFixed(2)} dollars a month at Amazon Managed Prometheus.`,
          ]
        : []),
      ...leftOutInWords(unread.leftOutByChange),
      ...unread.recorded.map(({ name }) => `Nothing reads the recorded ${name}: only its rule can go.`),
      ...unread.otherJobs.map(
        ({ job, series }) =>
          `The job ${job} is not one of this version: who reads its ${String(series)} series is not known.`,
      ),
    ],
  };
}

/** What the Prometheus has and the version stores no more, a sentence for each job. */
function leftOutInWords(all: readonly UnreadSeries[]): readonly string[] {
  const jobs = [...new Set(all.map(({ job }) => job))];
  return jobs.map((job) => {
    const ofJob = all.filter((each) => each.job === job);
    const series = ofJob.reduce((sum, each) => sum + each.series.most, 0);
    const names = list([...new Set(ofJob.map(({ name }) => name))]);
    return `Of the job ${job} this version leaves out ${many(series, "series", "series")} that the Prometheus still has and nothing reads; they go when it is deployed: ${names}.`;
  });
}

function rowOf(name: string, { before, after }: BeforeAfter<Figures>): CostRow {
  return { name, before: before && volumeOf(before), after: after && volumeOf(after) };
}

function volumeOf({ series, samplesPerSecond }: Figures): Volume {
  return { series: series.most, samplesPerSecond: samplesPerSecond.most };
}

function seriesOf(figures: Figures | undefined): number {
  return figures?.series.most ?? 0;
}
