import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { entriesOf } from "../../metrics/catalogue";
import { everyService } from "../../metrics/targets";
import { seriesNames, seriesReadBy, storesSeries } from "../../signals/stored-series";
import { readableOf, storedScrapeConfigs } from "../../stacks/system";
import { type Environment, loadEnvironments, parseEnvironment } from "../support/environments";
import { local } from "../support/environments/local";
import { catalogue } from "../support/system";

const environments = loadEnvironments(undefined);
const runbooks = join(__dirname, "../../docs/runbooks");

/** Whether Prometheus stores a series of a job, by the configuration. */
function isStored(environment: Environment, job: string, name: string): boolean {
  const config = storedScrapeConfigs(environment).find(({ jobName }) => jobName === job);
  if (config === undefined) throw new Error(`There is no job ${job}.`);
  return storesSeries(config, name);
}

describe.each(environments.map((environment) => [environment.name, environment] as const))(
  "in %s",
  (_, environment) => {
    const { feed, ...readable } = readableOf(environment);
    const read = seriesReadBy(readable);
    const services: readonly string[] = environment.services.map(({ name }) => name);
    const jobs = storedScrapeConfigs(environment).map(({ jobName }) => jobName);

    it("what something reads is stored of each job that exports it", () => {
      const lost = jobs.flatMap((job) =>
        entriesOf(catalogue)
          .filter(
            ({ exportedBy }) =>
              exportedBy.includes(job) || (services.includes(job) && exportedBy.includes(everyService)),
          )
          .flatMap(seriesNames)
          .filter((name) => read.has(name) && !isStored(environment, job, name))
          .map((name) => `${job}: ${name}`),
      );
      expect(lost).toEqual([]);
    });

    it("of the programs of others nothing else is, of a service what nobody has catalogued is", () => {
      for (const job of jobs) {
        expect([job, isStored(environment, job, "a_metric_that_nobody_knows")]).toEqual([
          job,
          services.includes(job),
        ]);
      }
      expect(isStored(environment, "node-exporter", "node_netstat_Tcp_InSegs")).toBe(false);
      expect(isStored(environment, "api-gateway", "http_requests_total")).toBe(true);
    });

    it("what a runbook of its alerts asks for is stored", () => {
      const alerts = new Set(
        Object.values(readableOf(environment).groups)
          .flat()
          .flatMap(({ rules }) => rules.flatMap((rule) => ("alert" in rule ? [rule.alert] : []))),
      );
      const names = new Set(entriesOf(catalogue).flatMap(seriesNames));
      const asked = readdirSync(runbooks)
        .filter((file) => alerts.has(file.replace(".md", "")))
        .flatMap((file) =>
          [...readFileSync(join(runbooks, file), "utf8").matchAll(/\b[a-z]\w*_\w+\b/gi)].map(
            ([word]) => word,
          ),
        )
        .filter((word) => names.has(word) && feed.has({ metric: word, labels: [] }));
      expect(asked.length).toBeGreaterThan(10);
      expect(asked.filter((name) => !read.has(name))).toEqual([]);
    });
  },
);

it("what an environment wants is stored besides", () => {
  const wanting = parseEnvironment(
    {
      ...local,
      prometheus: { ...local.prometheus, alsoStored: ["node_netstat_.*", "nodejs_external_memory_bytes"] },
    },
    "local.ts",
  );
  expect(isStored(wanting, "node-exporter", "node_netstat_Tcp_InSegs")).toBe(true);
  expect(isStored(wanting, "node-exporter", "node_network_up")).toBe(false);
  expect(isStored(parseEnvironment(local, "local.ts"), "api-gateway", "nodejs_external_memory_bytes")).toBe(
    false,
  );
  expect(isStored(wanting, "api-gateway", "nodejs_external_memory_bytes")).toBe(true);
});

it.each(["a[", "(", "node_$", "${x}", ""])("refuses %j for a pattern of names", (pattern) => {
  const alsoStored = [pattern];
  expect(() =>
    parseEnvironment({ ...local, prometheus: { ...local.prometheus, alsoStored } }, "local.ts"),
  ).toThrow(/prometheus\.alsoStored\[0\]: found .*, allowed: a regular expression of letters, digits/);
});
