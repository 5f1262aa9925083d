import { metricsOf } from "../../metrics/catalogue";
import { worstCaseSeries } from "../../metrics/series";
import { seriesNames, storesSeries } from "../../signals/stored-series";
import { seriesByCatalogue, seriesIn } from "../../signals/volume/series";
import { watchedOf } from "../../stacks/system";
import { parseEnvironment } from "../support/environments";
import { prod } from "../support/environments/prod";

const environment = parseEnvironment(prod, "prod");
const watched = watchedOf(environment);

it("has every job of the environment, the least not above the most", () => {
  const stored = seriesByCatalogue(watched, 10);
  expect(stored.map(({ job }) => job)).toEqual([
    ...watched.jobs.map(({ jobName }) => jobName),
    "(recorded by rules)",
  ]);
  for (const { byName } of stored) {
    expect(byName.size).toBeGreaterThan(0);
    for (const { least, most } of byName.values()) expect(least).toBeLessThanOrEqual(most);
  }
});

it("counts for a service what its catalogue allows, and what Prometheus writes of the target", () => {
  for (const { name } of environment.services) {
    const job = watched.jobs.find(({ jobName }) => jobName === name);
    const stored = seriesByCatalogue(watched, 10).find((each) => each.job === name);
    if (job === undefined || stored === undefined) throw new Error(`no job ${name}`);
    const metrics = metricsOf(watched.catalogue, name).filter(
      (metric) =>
        metric.onlyWith === undefined && seriesNames(metric).some((series) => storesSeries(job, series)),
    );
    const allowed = metrics.reduce((sum, metric) => sum + worstCaseSeries(metric), 0);
    expect(metrics.length).toBeGreaterThan(10);
    expect(seriesIn([stored]).most).toBe(allowed + 5);
  }
});

it("the number of values that nobody knows changes the most of others' programs alone", () => {
  const ofServices = new Set(environment.services.map(({ name }) => name));
  const [few, lots] = [10, 1_000].map((openValues) => seriesByCatalogue(watched, openValues));
  for (const [index, each] of few?.entries() ?? []) {
    const { job } = each;
    const [some, many] = [each, lots?.[index] ?? each].map((stored) => seriesIn([stored]).most);
    if (ofServices.has(job) || job === "probe") expect(many).toBe(some);
    if (job === "cadvisor" || job === "node-exporter") expect(many).toBeGreaterThan(Number(some) * 10);
  }
});
