import fc from "fast-check";
import { parse } from "yaml";
import { costChangeOf } from "../../../review/cost/change";
import type { MeasuredVolume } from "../../../review/cost/measured-volume";
import type { RelabelRule } from "../../../review/cost/relabelling";
import { describeVolume } from "../../../review/version/describe-volume";
import type { DescribedVolume } from "../../../review/version/volume";
import { seriesReadBy } from "../../../signals/stored-series";
import { seriesByCatalogue, seriesIn } from "../../../signals/volume/series";
import { watchedOf } from "../../../stacks/system";
import { parseEnvironment } from "../../support/environments";
import { prod } from "../../support/environments/prod";

const watched = watchedOf(parseEnvironment(prod, "prod"));
const volume = describeVolume(watched);
const version = { volume };

/** A Prometheus that has as many series of each name as the catalogue lets it have at most. */
const full: MeasuredVolume = {
  at: "http://127.0.0.1:9090",
  jobs: volume.jobs.map(({ job, targets, series }) => ({
    job,
    targets,
    series: series.map(({ name, most }) => ({ name, count: most })),
  })),
};

/** A version like another one, with some of its jobs edited. */
function edited(edit: (job: DescribedVolume["jobs"][number]) => DescribedVolume["jobs"][number][]) {
  return { volume: { ...volume, jobs: volume.jobs.flatMap(edit) } };
}

it("a version as data goes through JSON, and has the series that npm run cost counts", () => {
  expect(JSON.parse(JSON.stringify(volume))).toEqual(volume);
  const { before } = costChangeOf(version, version);
  expect(before.series).toEqual(seriesIn(seriesByCatalogue(watched, volume.openValues)));
  expect(before.samplesPerSecond.most).toBeCloseTo(before.series.most / 15);
  expect(before.samplesPerMonth.most).toBeCloseTo((before.series.most / 15) * 730 * 3600);
});

it("identical versions differ in nothing, whether a Prometheus was asked or not", () => {
  for (const measured of [undefined, full]) {
    const change = costChangeOf(version, version, measured && { measured });
    for (const { before, after } of [...change.jobs, ...change.metrics, change])
      expect(after).toEqual(before);
    expect(change.measured?.then).toEqual(change.measured?.now);
    expect(change.bills.after).toEqual(change.bills.before);
  }
});

it("a job that is gone, and one that is new, change the whole by what they have", () => {
  const names = volume.jobs.slice(0, -1).map(({ job }) => job);
  fc.assert(
    fc.property(fc.constantFrom(...names), (name) => {
      const without = edited((job) => (job.job === name ? [] : [job]));
      const gone = costChangeOf(version, without, { measured: full });
      const ofJob = gone.jobs.find(({ job }) => job === name);
      expect(ofJob?.after).toBeUndefined();
      expect(gone.before.series.most - gone.after.series.most).toBe(ofJob?.before?.series.most);
      expect(gone.measured?.now.series.most).toBe(gone.before.series.most);
      expect(gone.measured?.then.series.most).toBe(gone.after.series.most);
      const fresh = costChangeOf(without, version);
      expect(fresh.jobs.find(({ job }) => job === name)?.before).toBeUndefined();
      expect(fresh.after.series).toEqual(gone.before.series);
    }),
  );
});

it("what is measured grows as the bounds of its name do", () => {
  const [job] = volume.jobs;
  const [, series] = job?.series ?? [];
  if (job === undefined || series === undefined) throw new Error("no series");
  const doubled = { ...series, least: series.least * 2, most: series.most * 2 };
  const after = edited((each) =>
    each === job ? [{ ...each, series: each.series.map((one) => (one === series ? doubled : one)) }] : [each],
  );
  const { measured, metrics } = costChangeOf(version, after, { measured: full });
  const more = (measured?.then.series.most ?? 0) - (measured?.now.series.most ?? 0);
  expect(more).toBe(series.most);
  expect(metrics[0]?.metric).toBe(series.metric);
});

it("a relabelling leaves out what is stored and nothing reads, and nothing that anything reads", () => {
  const { relabellings, saved, unread } = costChangeOf(version, version);
  expect(unread.series.length).toBeGreaterThan(5);
  expect(relabellings.length).toBeGreaterThan(1);
  const read = seriesReadBy(watched);
  for (const { job, rules, yaml, saves } of relabellings) {
    expect(parse(yaml)).toEqual({ metric_relabel_configs: rules });
    const stored = volume.jobs.find((each) => each.job === job)?.series ?? [];
    const dropped = stored.filter(({ name }) => isDropped(rules, { __name__: name }));
    expect(dropped.filter(({ name }) => read.has(name))).toEqual([]);
    expect(dropped.reduce((sum, { most }) => sum + most, 0)).toBe(saves.series.most);
    const kept = stored.filter(({ name }) => !dropped.some((each) => each.name === name));
    expect(kept.filter(({ name }) => name !== "up" && !read.has(name))).toEqual([]);
  }
  expect(saved.share.most).toBeGreaterThan(0.05);
  expect(saved.share.most).toBeLessThan(0.5);
  expect(saved.dollars.most).toBeGreaterThan(0);
});

it("what others read, and what the environment wants besides, is not left out", () => {
  const all = costChangeOf(version, version).unread.series;
  const [first, second] = all.map(({ name }) => name);
  if (first === undefined || second === undefined) throw new Error("nothing is unread");
  const wanting = { volume: { ...volume, alsoStored: [second] } };
  const { unread } = costChangeOf(wanting, wanting, { foreignReads: [first] });
  expect(unread.series).toEqual(all.filter(({ name }) => name !== first && name !== second));
});

it("of a histogram whose bounds are all named by who reads it, the other buckets are left out", () => {
  const name = "parcel_seconds_bucket";
  const job = {
    job: "parcels",
    targets: 1,
    isDiscovered: false,
    series: [{ name, metric: "parcel_seconds", least: 4, most: 40, buckets: [0.5, 1, 1e6] }],
  };
  const one = {
    volume: {
      ...volume,
      jobs: [job],
      read: [name],
      bucketsRead: { [name]: [[{ operator: "=~", value: "1|1\\.0" } as const]] },
    },
  };
  const [byCatalogue] = costChangeOf(one, one).relabellings;
  expect(byCatalogue?.saves.series).toEqual({ least: 3, most: 30 });
  const byLe = { "0.5": 5, "1.0": 5, "1e+06": 5, "+Inf": 5 };
  const measured = { at: "", jobs: [{ job: "parcels", targets: 1, series: [{ name, count: 20, byLe }] }] };
  const [ofMeasured] = costChangeOf(one, one, { measured }).relabellings;
  expect(ofMeasured?.saves.series).toEqual({ least: 15, most: 15 });
  for (const { rules = [] } of [byCatalogue ?? {}, ofMeasured ?? {}]) {
    const dropped = Object.keys(byLe).filter((le) => isDropped(rules, { __name__: name, le }));
    expect(dropped).toEqual(["0.5", "1e+06", "+Inf"]);
  }
});

it("of what a Prometheus has, it tells apart what the change leaves out already and what is others'", () => {
  const [service] = volume.jobs.filter(({ storesAllBut }) => storesAllBut !== undefined);
  const dropped = service?.storesAllBut?.[0] ?? "";
  const measured = {
    at: "",
    jobs: [
      { job: service?.job ?? "", targets: 1, series: [{ name: dropped, count: 7 }] },
      { job: "of-others", targets: 1, series: [{ name: "parcels", count: 9 }] },
      { job: "(recorded by rules)", targets: 0, series: [{ name: "job:parcels:sum", count: 2 }] },
    ],
  };
  const { unread, relabellings, measured: change } = costChangeOf(version, version, { measured });
  expect(unread.leftOutByChange.map(({ name, series }) => [name, series.most])).toEqual([[dropped, 7]]);
  expect(unread.otherJobs).toEqual([{ job: "of-others", series: 9 }]);
  expect(unread.recorded.map(({ name }) => name)).toEqual(["job:parcels:sum"]);
  expect(relabellings).toEqual([]);
  expect(change?.then.series.least).toBe(11);
});

/** As Prometheus: the values of the labels between semicolons, matched as a whole. */
function isDropped(rules: readonly RelabelRule[], labels: Readonly<Record<string, string>>): boolean {
  return rules.some(({ source_labels, regex }) =>
    new RegExp(`^(?:${regex})$`, "s").test(source_labels.map((name) => labels[name] ?? "").join(";")),
  );
}
