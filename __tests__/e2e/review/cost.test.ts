import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { dashboardOf } from "../../../dashboards/lint/dashboard";
import type { KnownSeries } from "../../../dashboards/known-traffic/series";
import { incident } from "../../../dashboards/known-traffic/timeline";
import { ManagedProcess } from "../../../demo/processes";
import { PrometheusClient } from "../../../operations/clients/prometheus-client";
import { freePort } from "../../../operations/loopback-port";
import { referenceDashboards } from "../../../preview/pictures/reference-source";
import { referenceEnvironment } from "../../../preview/recording/reference-environment";
import { knownParts } from "../../../preview/recording/traffic";
import { costChangeOf } from "../../../review/cost/change";
import { measureVolume } from "../../../review/cost/measured-volume";
import type { Relabelling } from "../../../review/cost/relabelling";
import { describeVolume } from "../../../review/version/describe-volume";
import { knownTraffic } from "../../../shop/known-traffic";
import { ruleFilesOf, watchedOf } from "../../../stacks/system";
import { targetsOf } from "../../support/grafana-queries";
import { nodeExporterProgram, prometheusProgram } from "../../support/programs";
import { startPrometheus } from "../../support/prometheus";
import { describeWith } from "../../support/require-program";
import { seriesOfPage, StampedTargets } from "../../support/stamped-targets";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";

jest.setTimeout(300_000);

/** What Prometheus measures of its own scrapes: no two have the same. */
const ofScrapes = /\bscrape_/;
/** Milliseconds for which both watch. */
const watched = 75_000;

describeWith([prometheusProgram, nodeExporterProgram], "the relabelling that a review proposes", () => {
  const makeFolder = temporaryFolder();
  const environment = referenceEnvironment();
  const described = describeVolume(watchedOf(environment));
  // As of somebody who stores all that is exported.
  const volume = {
    ...described,
    jobs: described.jobs.map(({ storesOnly: _only, storesAllBut: _but, ...job }) => job),
  };
  const running: { stop(): Promise<unknown> }[] = [];
  let targets: StampedTargets;
  let address: string;
  let jobs: readonly string[];
  let rules: string;

  beforeAll(async () => {
    rules = makeFolder();
    for (const [file, text] of Object.entries(ruleFilesOf(environment)))
      writeFileSync(join(rules, file), text);
    const [scraped] = knownParts(environment, knownTraffic);
    const pages = new Map<string, KnownSeries[]>();
    const add = (series: KnownSeries) => {
      const job = series.labels.job ?? "";
      pages.set(job, [...(pages.get(job) ?? []), series]);
    };
    for (const series of scraped?.series ?? []) if (!isOwn(series.name)) add(series);
    for (const series of await ofRealPrograms()) add(series);
    jobs = [...pages.keys()];
    targets = new StampedTargets(pages, incident.from + 600);
    address = await targets.listen();
  });
  afterAll(async () => {
    await Promise.all(running.map((each) => each.stop()));
    await targets.close();
  });

  it("leaves out the share that was said, and every rule and panel gives the same", async () => {
    targets.open();
    const first = await start([]);
    await until(async () => (await count(first.client)) > 1_000, 60_000);
    // Until all that is recorded of what is recorded is there.
    await sleep(watched);
    const measured = await measureVolume(first.client, volume);
    await first.stop();
    const {
      relabellings,
      saved,
      measured: change,
      unread,
    } = costChangeOf({ volume }, { volume }, { measured });
    expect(unread.otherJobs).toEqual([]);

    const [all, less] = [await start([]), await start(relabellings)];
    await sleep(watched);
    const time = Math.floor(Date.now() / 5_000) * 5;
    const [whole, rest] = [await count(all.client, time), await count(less.client, time)];
    console.log(
      [
        `said: ${String(saved.series.most)} of ${String(change?.then.series.most)} series, ${percent(saved.share.most)}`,
        `measured: ${String(whole - rest)} of ${String(whole)} series, ${percent((whole - rest) / whole)}`,
        ...relabellings.map(({ job, saves }) => `  ${job}: ${String(saves.series.most)}`),
      ].join("\n"),
    );
    expect(whole - rest).toBe(saved.series.most);
    expect((whole - rest) / whole).toBeCloseTo(saved.share.most, 2);

    const asked = expressions();
    const differing: object[] = [];
    let [withData, compared] = [0, 0];
    for (const [of, expr] of asked) {
      if (ofScrapes.test(expr)) continue;
      const [one, other] = await Promise.all([all, less].map(({ client }) => answer(client, expr, time)));
      compared += 1;
      if (one !== "[]") withData += 1;
      if (one !== other) differing.push({ of, expr, one: one?.slice(0, 300), other: other?.slice(0, 300) });
    }
    console.log(
      `${String(compared)} expressions of rules and panels compared, ${String(withData)} with data, differing: ${String(differing.length)}; ${String(asked.length - compared)} are of the scrapes themselves`,
    );
    expect(differing).toEqual([]);
    expect(withData).toBeGreaterThan(100);
    expect(compared).toBeGreaterThan(0.95 * asked.length);
  });

  async function start(relabellings: readonly Relabelling[]) {
    const folder = makeFolder();
    mkdirSync(join(folder, "data"));
    const configuration = {
      global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "5s" },
      rule_files: [join(rules, "*.yml")],
      scrape_configs: jobs.map((job) => ({
        job_name: job,
        honor_labels: true,
        metrics_path: `/${encodeURIComponent(job)}`,
        static_configs: [{ targets: [address] }],
        ...(parse(relabellings.find((each) => each.job === job)?.yaml ?? "{}") as object),
      })),
    };
    writeFileSync(join(folder, "prometheus.yml"), stringify(configuration));
    const { process, url } = await startPrometheus(folder);
    running.push(process);
    return { client: new PrometheusClient(url), stop: () => process.stop() };
  }

  /** What a node-exporter and a Prometheus export that run here: most of it nothing reads. */
  async function ofRealPrograms(): Promise<KnownSeries[]> {
    const port = String(await freePort());
    const exporter = new ManagedProcess({
      name: "node_exporter",
      command: nodeExporterProgram.name,
      args: [`--web.listen-address=127.0.0.1:${port}`],
    });
    running.push(exporter);
    await exporter.healthy(`http://127.0.0.1:${port}/metrics`, 60_000);
    const folder = makeFolder();
    writeFileSync(join(folder, "prometheus.yml"), "{}");
    const prometheus = await startPrometheus(folder);
    running.push(prometheus.process);
    const page = async (url: string) => (await fetch(url)).text();
    return [
      ...seriesOfPage(await page(`http://127.0.0.1:${port}/metrics`), {
        job: "node-exporter",
        instance: "a-real-machine",
      }),
      ...seriesOfPage(await page(`${prometheus.url}/metrics`), {
        job: "prometheus",
        instance: "a-real-prometheus",
      }),
    ];
  }

  /** Of every rule and panel, as it is asked when all is chosen. */
  function expressions(): (readonly [string, string])[] {
    const ofRules = Object.values(ruleFilesOf(environment)).flatMap((text) => {
      const { groups } = parse(text) as {
        groups: { rules: { alert?: string; record?: string; expr: string | number }[] }[];
      };
      return groups.flatMap((group) =>
        group.rules.map(({ alert, record, expr }) => [alert ?? record ?? "", String(expr)] as const),
      );
    });
    const ofPanels = referenceDashboards().flatMap(({ json }) =>
      targetsOf(dashboardOf(JSON.parse(JSON.stringify(json)))).map(
        ({ name, expr }) => [name, chosen(expr)] as const,
      ),
    );
    return [...ofRules, ...ofPanels];
  }
});

function isOwn(name: string): boolean {
  return name === "up" || name.startsWith("scrape_") || name.startsWith("ALERTS");
}

/** A panel's expression with all of each choice. */
function chosen(expr: string): string {
  return expr
    .replace(/\$__(rate_interval|interval)/g, "1m")
    .replace(/\$__range/g, "1h")
    .replace(/\$\{?[a-zA-Z]\w*(?::\w+)?\}?/g, ".*");
}

async function count(client: PrometheusClient, time?: number): Promise<number> {
  const at = time === undefined ? "" : `&time=${String(time)}`;
  const query = encodeURIComponent('count({__name__!=""})');
  const { result } = await client.get<{ result: { value: [number, string] }[] }>(
    `/api/v1/query?query=${query}${at}`,
  );
  return Number(result[0]?.value[1] ?? 0);
}

/** In an order of its own. */
async function answer(client: PrometheusClient, expr: string, time: number): Promise<string> {
  const { result } = await client.get<{ result: unknown }>(
    `/api/v1/query?query=${encodeURIComponent(expr)}&time=${String(time)}`,
  );
  return JSON.stringify(Array.isArray(result) ? result.map((each) => JSON.stringify(each)).sort() : result);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
