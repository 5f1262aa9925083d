import { loadEnvironments } from "../../support/environments";
import { counter, owned } from "../../../metrics/define";
import { storesSeries } from "../../../signals/stored-series";
import { watchedOf } from "../../../stacks/system";
import { describeCatalogue } from "../../../review/version/describe-catalogue";
import { sourcesOf } from "../../../review/version/sources";

const [environment] = loadEnvironments("prod");
if (environment === undefined) throw new Error("There is no environment prod.");
const watched = watchedOf(environment);
const { services, metrics } = describeCatalogue(watched);
const jobs = watched.jobs.map(({ jobName }) => jobName);

describe("the described catalogue of an environment", () => {
  it("has its services with their owners", () => {
    expect(services.map(({ name }) => name)).toEqual(environment.services.map(({ name }) => name));
    expect(services.every(({ owner }) => owner !== "")).toBe(true);
  });

  it("has each metric once, exposed by jobs that are there", () => {
    const names = metrics.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(metrics.filter(({ exportedBy }) => exportedBy.length === 0)).toEqual([]);
    expect(metrics.flatMap(({ exportedBy }) => exportedBy).filter((by) => !jobs.includes(by))).toEqual([]);
  });

  it("leaves out what nothing here exposes", () => {
    const names = metrics.map(({ name }) => name);
    expect(names).toContain("up");
    // It has one Alertmanager, and no remote write.
    expect(names).not.toContain("prometheus_remote_storage_samples_total");
  });

  it("lists the values of labels that have a closed set", () => {
    const alerts = metrics.find(({ name }) => name === "ALERTS");
    expect(alerts?.labels.find(({ name }) => name === "alertstate")?.values).toEqual(["pending", "firing"]);
    expect(alerts?.labels.find(({ name }) => name === "alertname")).toEqual({ name: "alertname" });
  });

  it("says which series are stored of a metric that is stored in part", () => {
    const parts = metrics.filter(({ stored }) => stored !== undefined);
    expect(parts.length).toBeGreaterThan(0);
    for (const { series, stored = [], exportedBy } of parts) {
      const ofThem = watched.jobs.filter(({ jobName }) => exportedBy.includes(jobName));
      expect(stored).toEqual(series.filter((each) => ofThem.some((job) => storesSeries(job, each))));
    }
  });

  it("says of a former name what the metric is called now", () => {
    const [{ name: service } = { name: "" }] = environment.services;
    const renamed = counter("parcels_sent_total", {
      help: "Parcels sent.",
      unit: "parcels",
      formerly: "parcels_total",
    });
    const catalogue = {
      ...watched.catalogue,
      metrics: {
        ...watched.catalogue.metrics,
        ...owned({ owner: "post", exportedBy: [service] }, [renamed]),
      },
    };
    const described = describeCatalogue({ ...watched, catalogue }).metrics.filter(
      ({ owner }) => owner === "post",
    );
    expect(described.map(({ name, formerNameOf }) => [name, formerNameOf])).toEqual([
      ["parcels_sent_total", undefined],
      ["parcels_total", "parcels_sent_total"],
    ]);
  });

  it("goes through JSON as it is", () => {
    expect(JSON.parse(JSON.stringify(metrics))).toEqual(metrics);
  });
});

it("sources name files that are there by the rules of them", () => {
  const sources = Object.entries(sourcesOf(watched));
  expect(sources.length).toBeGreaterThan(10);
  expect(sources.filter(([key]) => !/^(alert|record) \S+$/.test(key))).toEqual([]);
  expect(sources.filter(([, file]) => !file.endsWith(".ts"))).toEqual([]);
});
