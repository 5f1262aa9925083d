import type { CostChange } from "../cost/change";
import type { Figures } from "../cost/figures";
import type { CostPart, Volume } from "../page/data/cost";

/** What a change costs, as the page shows it: of bounds the greater one, as that is what a machine must bear. */
export function costPartOf(change: CostChange): CostPart {
  const { before, after, measured, jobs, metrics, relabellings, saved, unread, bills } = change;
  const whole = (measured?.then ?? after).series.most;
  const differs = (row: { readonly before?: Figures | undefined; readonly after?: Figures | undefined }) =>
    JSON.stringify(row.before) !== JSON.stringify(row.after);
  const engines = new Set([...(bills.after ?? []), ...(bills.before ?? [])].map(({ engine }) => engine));
  const dollars = (bill: CostChange["bills"]["before"], name: string) =>
    bill?.find(({ engine }) => engine === name)?.dollars.most;
  return {
    totals: [
      { source: "by the catalogue's bounds, at most", before: volumeOf(before), after: volumeOf(after) },
      { source: "by the catalogue's bounds, at least", before: leastOf(before), after: leastOf(after) },
      ...(measured === undefined
        ? []
        : [
            {
              source: `as ${measured.at} has them`,
              before: volumeOf(measured.now),
              after: volumeOf(measured.then),
            },
          ]),
    ],
    jobs: jobs.map(({ job, before: was, after: is }) => ({
      name: job,
      before: was && volumeOf(was),
      after: is && volumeOf(is),
    })),
    metrics: metrics.filter(differs).map(({ metric, before: was, after: is }) => ({
      name: metric,
      before: was && volumeOf(was),
      after: is && volumeOf(is),
    })),
    money: [...engines].map((engine) => ({
      engine,
      before: dollars(bills.before, engine),
      after: dollars(bills.after, engine),
    })),
    unused: unread.series.map(({ name, job, series, le }) => ({
      metric: le === undefined ? name : `${name} (${String(le.length)} of its bounds)`,
      job,
      series: series.most,
      samplesPerSecond:
        whole === 0 ? 0 : (series.most / whole) * (measured?.then ?? after).samplesPerSecond.most,
    })),
    relabelling: relabellings.map(({ job, yaml, saves }) => {
      const share = whole === 0 ? 0 : saves.series.most / whole;
      return { job, yaml, series: share, samples: share };
    }),
    notes: notesOf(change, saved.dollars.most),
  };
}

function notesOf({ openValues, measured, unread, saved }: CostChange, dollars: number): string[] {
  const { leftOutByChange, otherJobs, recorded } = unread;
  const sum = (all: readonly { readonly series: { readonly most: number } }[]) =>
    String(all.reduce((whole, { series }) => whole + series.most, 0));
  return [
    `By the catalogue's bounds: at least, what is there before anything happens; at most, what it lets be there, with ${String(openValues.after)} values of what nobody can know before.`,
    ...(measured === undefined
      ? ["No Prometheus was asked how many series there are: --prometheus URL does."]
      : []),
    ...(leftOutByChange.length === 0
      ? []
      : [`${sum(leftOutByChange)} series that nothing reads are left out by this version already.`]),
    ...(recorded.length === 0
      ? []
      : [`Nothing reads what these rules record: ${recorded.map(({ name }) => name).join(", ")}.`]),
    ...(otherJobs.length === 0
      ? []
      : [
          `Who reads the series of other jobs is not known: ${otherJobs.map(({ job, series }) => `${job} (${String(series)})`).join(", ")}.`,
        ]),
    ...(saved.series.most === 0
      ? []
      : [
          `The relabelling saves ${percent(saved.share.most)} of the series and samples, up to $${dollars.toFixed(2)} a month at Amazon Managed Prometheus. Who explores by hand no longer finds these series.`,
        ]),
  ];
}

function volumeOf({ series, samplesPerSecond }: Figures): Volume {
  return { series: series.most, samplesPerSecond: samplesPerSecond.most };
}

function leastOf({ series, samplesPerSecond }: Figures): Volume {
  return { series: series.least, samplesPerSecond: samplesPerSecond.least };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
