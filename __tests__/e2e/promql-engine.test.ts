import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse as parseYaml } from "yaml";
import { dashboardOf } from "../../dashboards/lint/dashboard";
import { now, recorded } from "../../dashboards/known-traffic/timeline";
import type { ManagedProcess } from "../../demo/processes";
import { MemoryStorage, type Steps } from "../../metrics/promql-engine";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { startKnownPrometheus } from "../../preview/recording/known-data";
import type { RunningPrometheus } from "../../preview/recording/program";
import { referenceEnvironment } from "../../preview/recording/reference-environment";
import { dashboardFoldersOf, ruleFilesOf } from "../../stacks/system";
import { Compared, type Comparison } from "../support/engine-compared";
import { answersOf } from "../support/grafana-queries";
import { hardFrom, hardSeries, hardTo } from "../support/hard-series";
import { prometheusProgram, promtool } from "../support/programs";
import { startPrometheus } from "../support/prometheus";
import { anyExpressions } from "../support/promql-grammar";
import { remoteWrite } from "../support/remote-write";
import { describeWith } from "../support/require-program";
import { storedSeries } from "../support/stored-series";
import { temporaryFolder } from "../support/temporary-folder";

jest.setTimeout(600_000);

/** How many expressions are made at random, and of which seed: `ENGINE_EXPRESSIONS=20000 ENGINE_SEED=2 npm run test:e2e -- promql-engine` tries others. */
const random = {
  count: Number(process.env.ENGINE_EXPRESSIONS ?? 2_500),
  seed: Number(process.env.ENGINE_SEED ?? 19),
};
const newFolder = temporaryFolder();

function print(what: string, { different, ...counts }: Comparison): void {
  const parts = Object.entries(counts).map(([name, count]) => `${name} ${String(count)}`);
  process.stderr.write(`${what}: ${parts.join(", ")}, different ${String(different.length)}\n`);
}

describeWith([prometheusProgram], "random expressions over hard series, as Prometheus evaluates them", () => {
  let prometheus: { readonly process: ManagedProcess; readonly url: string } | undefined;

  beforeAll(async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "data"));
    writeFileSync(join(folder, "prometheus.yml"), "{}");
    prometheus = await startPrometheus(folder, [
      "--web.enable-remote-write-receiver",
      "--enable-feature=promql-experimental-functions",
      // The series are from long ago.
      "--storage.tsdb.retention.time=100y",
    ]);
    await remoteWrite(prometheus.url, hardSeries());
  });
  afterAll(async () => {
    await prometheus?.process.stop();
  });

  it(`${String(random.count)} of them, over a range and at instants`, async () => {
    const compared = new Compared(prometheus?.url ?? "", new MemoryStorage(hardSeries()));
    const hour = 3_600_000;
    const texts = fc.sample(anyExpressions(), { numRuns: random.count, seed: random.seed });
    for (const text of texts) {
      await compared.range(text, { from: hardFrom + hour, to: hardTo - hour, step: 120_000 });
      // No multiple of any interval.
      await compared.instants(text, {
        from: hardFrom + 2 * hour + 1_234,
        to: hardTo - hour,
        step: 1_111_000,
      });
    }
    print(`${String(random.count)} random expressions`, compared.result);
    expect(compared.result.different).toEqual([]);
    // Most have values, and errors are there to be compared, too.
    expect(compared.result.withValues).toBeGreaterThan(random.count * 2);
    expect(compared.result.errors).toBeGreaterThan(random.count / 20);
  });
});

describeWith([prometheusProgram, promtool], "expressions of the project over the known traffic", () => {
  const environment = referenceEnvironment();
  let prometheus: RunningPrometheus | undefined;
  let compared: Compared;
  const hour: Steps = { from: (now - 4 * 3600) * 1000, to: now * 1000, step: 300_000 };

  beforeAll(async () => {
    prometheus = await startKnownPrometheus(newFolder());
    const url = prometheus.url.href.replace(/\/$/, "");
    const series = await storedSeries(url, recorded.from - 9 * 86_400, now);
    process.stderr.write(
      `${String(series.length)} series, ${String(series.reduce((sum, { times }) => sum + times.length, 0))} samples\n`,
    );
    compared = new Compared(url, new MemoryStorage(series));
  });
  afterAll(async () => {
    await prometheus?.stop();
  });

  it("every rule", async () => {
    const files = Object.values(ruleFilesOf(environment)).map((text) => parseYaml(text) as RuleFile);
    const texts = files.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)));
    for (const text of texts) {
      await compared.range(text, hour);
      await compared.instants(text, { ...hour, step: hour.to - hour.from });
    }
    print(`${String(texts.length)} expressions of rules`, compared.result);
    expect(texts.length).toBeGreaterThan(100);
    expect(compared.result.different).toEqual([]);
  });

  it("every query of every dashboard", async () => {
    const asked = new NotingClient(prometheus?.url.href.replace(/\/$/, "") ?? "");
    const view = { from: now - 3600, to: now, step: 60, scrapeInterval: 60 };
    for (const { dashboards } of dashboardFoldersOf(environment)) {
      for (const dashboard of dashboards) {
        await answersOf(dashboardOf(JSON.parse(JSON.stringify(dashboard)) as object), asked, view);
      }
    }
    const own = new Compared(compared.url, compared.storage);
    for (const text of asked.texts) {
      await own.range(text, hour);
      await own.instants(text, { ...hour, step: hour.to - hour.from });
    }
    print(`${String(asked.texts.size)} queries of dashboards`, own.result);
    expect(asked.texts.size).toBeGreaterThan(200);
    expect(own.result.different).toEqual([]);
  });
});

interface RuleFile {
  readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[];
}

/** Notes what it is asked for. */
class NotingClient extends PrometheusClient {
  readonly texts = new Set<string>();

  override async get<T>(path: string): Promise<T> {
    const query = new URLSearchParams(path.split("?")[1] ?? "").get("query");
    if (query !== null) this.texts.add(query);
    return super.get<T>(path);
  }
}
