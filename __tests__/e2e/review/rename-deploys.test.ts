import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ManagedProcess } from "../../../demo/processes";
import { faster } from "../../../demo/speed/faster";
import { renamingsOf } from "../../../metrics/families";
import { catalogueOf } from "../../../metrics/catalogue";
import { counter, histogram, owned } from "../../../metrics/define";
import { freePort } from "../../../operations/loopback-port";
import { PrometheusClient } from "../../../operations/clients/prometheus-client";
import { isReady, renameStates } from "../../../operations/verify/renames/state";
import { obstacles } from "../../../operations/verify/renames/told";
import { type ProjectCopy, projectCopies } from "../../support/project-copy";
import { prometheusProgram } from "../../support/programs";
import { startPrometheus } from "../../support/prometheus";
import { finishRenames, startRenames } from "../../support/renamed-copy";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";

const service = "product-service";
const views = { from: "products_viewed_total", to: "product_pages_total", type: "counter" } as const;
const latency = {
  from: "http_request_duration_seconds",
  to: "http_server_duration_seconds",
  type: "histogram",
} as const;
const windowSeconds = 20;
const speed = 15;
const range = `[${String(windowSeconds)}s]`;
/** The same requests, counted by a metric that is not renamed. */
const answered = `http_requests_total{service="${service}", route="/products/:id", status_code="200"}`;
const expected = `sum(rate(${answered}${range}))`;

const newCopy = projectCopies();
const newFolder = temporaryFolder();

/** What a version of the project asks for. */
interface Asked {
  /** Pages seen per second. */
  readonly views: string;
  /** Pages answered per second, by the histogram. */
  readonly requests: string;
  readonly p95: string;
  /** The files of rules by name. */
  readonly rules: Readonly<Record<string, string>>;
}

/** Prints what a copy asks for; the names are those of that copy. */
const asking = (pages: string, duration: string) => `
import { quantile, rate, sum } from "./metrics/promql";
import { select } from "./shop/promql";
import { loadEnvironments } from "./environments";
import { ruleFilesOf } from "./stacks/system";
const on = { service: "${service}" } as const;
const answered = { ...on, route: "/products/:id", status_code: "200" } as const;
const [environment] = loadEnvironments("local");
if (environment === undefined) throw new Error("There is no environment local.");
console.log(JSON.stringify({
  views: String(sum(rate(select("${pages}", on), "${String(windowSeconds)}s"))),
  requests: String(sum(rate(select("${duration}_count", answered), "${String(windowSeconds)}s"))),
  p95: String(quantile(0.95, rate(select("${duration}_bucket", answered), "${String(windowSeconds)}s"))),
  rules: ruleFilesOf(environment),
}));
`;

function askedBy(copy: ProjectCopy, pages: string, duration: string): Asked {
  writeFileSync(join(copy.folder, "asked.ts"), asking(pages, duration));
  const { status, stdout, stderr } = copy.run("node_modules/.bin/tsx", ["asked.ts"]);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Asked;
}

function renamed(): ProjectCopy {
  const copy = newCopy();
  startRenames(copy, [views, latency]);
  return copy;
}

function finished(): ProjectCopy {
  const copy = renamed();
  finishRenames(copy, [views, latency]);
  return copy;
}

/** A replica of the service, which is deployed from one version after the other. */
class Replica {
  private process: ManagedProcess | undefined;
  /** Address of a product's page; each start has others. */
  page = "";

  constructor(readonly port: number) {}

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  async deploy(folder: string): Promise<void> {
    await this.process?.stop();
    this.process = new ManagedProcess({
      name: service,
      command: process.execPath,
      args: ["--require", require.resolve("tsx/cjs"), join(folder, "services", service, "main.ts")],
      cwd: folder,
      env: { ...process.env, HOST: "127.0.0.1", PORT: String(this.port), LOG_LEVEL: "error" },
    });
    await this.process.healthy(`${this.url}/health/live`, 60_000);
    const { products } = (await (await fetch(`${this.url}/products`)).json()) as {
      products: { id: string }[];
    };
    this.page = `${this.url}/products/${products[0]?.id ?? ""}`;
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }
}

/** Looks at pages at a steady rate, at each replica in turn, or at the other one where that does not answer. */
class Visitors {
  private isOver = false;
  private readonly underWay = new Set<Promise<void>>();
  readonly seen: number[] = [];
  private done: Promise<void> = Promise.resolve();

  constructor(private readonly replicas: readonly Replica[]) {}

  start(perSecond: number): void {
    this.done = (async () => {
      for (let next = 0; !this.isOver; next++) {
        const visit = this.visit(next);
        this.underWay.add(visit);
        void visit.finally(() => this.underWay.delete(visit));
        await sleep(1_000 / perSecond);
      }
    })();
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.done;
    await Promise.all(this.underWay);
  }

  /** Pages per second that were seen between two times, in milliseconds. */
  rate(from: number, to: number): number {
    return this.seen.filter((at) => at >= from && at < to).length / ((to - from) / 1_000);
  }

  private async visit(index: number): Promise<void> {
    for (const offset of [0, 1]) {
      const replica = this.replicas[(index + offset) % this.replicas.length];
      try {
        const { ok } = await fetch(replica?.page ?? "", {
          signal: AbortSignal.timeout(5_000),
        });
        if (ok) this.seen.push(Date.now());
        if (ok) return;
      } catch {
        // It is being deployed.
      }
    }
  }
}

type Points = ReadonlyMap<number, number>;

describeWith([prometheusProgram], "a metric is renamed while it is read", () => {
  let before: Asked;
  let during: Asked;
  let after: Asked;
  let prometheus: PrometheusClient;
  let visitors: Visitors;
  let stopAll = () => Promise.resolve();
  const times = { start: 0, both: 0, second: 0, end: 0 };
  const states: { readonly when: string; readonly told: readonly string[]; readonly ready: boolean }[] = [];

  beforeAll(async () => {
    const [old, first, last] = [newCopy(), renamed(), finished()];
    before = askedBy(old, views.from, latency.from);
    during = askedBy(first, views.to, latency.to);
    after = askedBy(last, views.to, latency.to);
    const replicas = [new Replica(await freePort()), new Replica(await freePort())];
    const deploy = async ({ folder }: ProjectCopy) => {
      for (const replica of replicas) {
        await replica.deploy(folder);
        await sleep(6_000);
      }
    };
    for (const replica of replicas) await replica.deploy(old.folder);
    visitors = new Visitors(replicas);
    const server = await startWithRules(replicas, during.rules);
    prometheus = new PrometheusClient(server.url, 2);
    stopAll = async () => {
      await visitors.stop();
      await server.process.stop();
      for (const replica of replicas) await replica.stop();
    };
    visitors.start(20);
    await prometheus.allUp(30_000);
    await sleep((windowSeconds + 10) * 1_000);
    times.start = Date.now();
    await noteState("before");
    // The rules that read either are there before the services that expose both.
    await deploy(first);
    await sleep((windowSeconds + 5) * 1_000);
    times.both = Date.now();
    await noteState("both");
    times.second = Date.now();
    await deploy(last);
    await sleep((windowSeconds + 5) * 1_000);
    times.end = Date.now();
  }, 400_000);

  afterAll(async () => {
    await stopAll();
  });

  async function noteState(when: string): Promise<void> {
    const catalogue = catalogueOf(
      { [service]: { seriesBudget: 1_000, owner: "shop" } },
      owned({ owner: "shop", exportedBy: [service] }, [
        counter(views.to, { help: "Pages.", unit: "pages", formerly: views.from }),
        histogram(latency.to, { help: "Time.", unit: "seconds", buckets: [1], formerly: latency.from }),
      ]),
    );
    for (const state of await renameStates(renamingsOf(catalogue), {
      prometheus,
      grafana: undefined,
      readings: [],
    })) {
      states.push({ when, told: obstacles(state), ready: isReady(state) });
    }
  }

  async function startWithRules(replicas: readonly Replica[], rules: Asked["rules"]) {
    const folder = newFolder();
    mkdirSync(join(folder, "rules"));
    for (const [name, text] of Object.entries(rules)) {
      writeFileSync(join(folder, "rules", name), faster(text, speed));
    }
    const guard = [
      { alert: "ViewsGone", expr: `${during.views} < 0.6 * ${expected}` },
      { alert: "ViewsDoubled", expr: `${during.views} > 1.4 * ${expected}` },
    ];
    writeFileSync(
      join(folder, "rules", "guard.json"),
      JSON.stringify({ groups: [{ name: "guard", interval: "1s", rules: guard }] }),
    );
    const config = {
      global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "1s" },
      rule_files: [join(folder, "rules", "*.yml"), join(folder, "rules", "*.json")],
      scrape_configs: [
        {
          job_name: service,
          static_configs: [
            { targets: replicas.map(({ port }) => `127.0.0.1:${String(port)}`), labels: { service } },
          ],
        },
      ],
    };
    writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(config));
    return startPrometheus(folder);
  }

  /** The only series of a query, each second. */
  async function valuesOf(query: string, from: number, to: number): Promise<Points> {
    const asked = new URLSearchParams({
      query,
      start: String(Math.ceil(from / 1_000)),
      end: String(Math.floor(to / 1_000)),
      step: "1",
    });
    const { result } = await prometheus.get<{ result: { values: [number, string][] }[] }>(
      `/api/v1/query_range?${asked.toString()}`,
    );
    expect(result.length).toBeLessThanOrEqual(1);
    return new Map((result[0]?.values ?? []).map(([at, value]) => [at, Number(value)]));
  }

  /** What a query gives as a share of what it should, each second; 0 where it gives nothing. */
  async function shares(query: string, from: number, to: number): Promise<readonly number[]> {
    const [found, wanted] = [await valuesOf(query, from, to), await valuesOf(expected, from, to)];
    expect(wanted.size).toBeGreaterThan(windowSeconds / 2);
    return [...wanted].map(([at, value]) => (found.get(at) ?? 0) / value);
  }

  it("counts in Prometheus what was sent", async () => {
    const to = times.start;
    const from = to - windowSeconds * 1_000;
    const found = (await valuesOf(expected, to - 1_500, to)).values().next().value ?? 0;
    expect(visitors.rate(from, to)).toBeGreaterThan(5);
    expect(found / visitors.rate(from, to)).toBeGreaterThan(0.9);
    expect(found / visitors.rate(from, to)).toBeLessThan(1.1);
  });

  it("reads either without a gap and without doubling through both deploys", async () => {
    const ofRequests = await shares(during.requests, times.start, times.end);
    expect(ofRequests.length).toBeGreaterThan(80);
    expect(Math.max(...ofRequests.map((share) => Math.abs(share - 1)))).toBeLessThan(1e-9);
    const ofViews = await shares(during.views, times.start, times.end);
    console.log(
      `${String(ofRequests.length)} seconds; views as a share of what was answered: ${Math.min(...ofViews).toFixed(3)} to ${Math.max(...ofViews).toFixed(3)}`,
    );
    // A view is counted from the second sample of its series on, which is there from the first view.
    expect(Math.min(...ofViews)).toBeGreaterThan(0.8);
    expect(Math.max(...ofViews)).toBeLessThan(1.2);
  });

  it("has a quantile all the time, which is that of the one name where there is one", async () => {
    const found = await valuesOf(during.p95, times.start, times.end);
    expect(found.size).toBe((await valuesOf(expected, times.start, times.end)).size);
    expect([...found.values()].every((value) => value > 0 && value <= 10)).toBe(true);
    const byOld = await valuesOf(before.p95, times.start, times.second);
    for (const [at, value] of byOld) expect(found.get(at)).toBeCloseTo(value, 9);
    const byNew = await valuesOf(after.p95, times.both, times.end);
    for (const [at, value] of byNew) expect(found.get(at)).toBeCloseTo(value, 9);
    expect(Math.min(byOld.size, byNew.size)).toBeGreaterThan(30);
  });

  it("leaves what reads one name right while both are exposed, and after", async () => {
    const old = await shares(before.requests, times.start, times.second);
    const now = await shares(after.requests, times.both, times.end);
    for (const share of [...old, ...now]) expect(share).toBeCloseTo(1, 9);
  });

  it("would have a dip with one name put before the other", async () => {
    // Of the series that a new process goes on with.
    const of = (name: string) => `rate(${answered.replace(/^\w+/, `${name}_count`)}${range})`;
    const least = async (first: string, second: string) =>
      Math.min(...(await shares(`sum(${of(first)} or ${of(second)})`, times.start, times.end)));
    const [newFirst, oldFirst] = [
      await least(latency.to, latency.from),
      await least(latency.from, latency.to),
    ];
    console.log(`least with "new or old" ${newFirst.toFixed(2)}, with "old or new" ${oldFirst.toFixed(2)}`);
    expect(newFirst).toBeLessThan(0.75);
    expect(oldFirst).toBeLessThan(0.75);
  });

  it("lets no alert fire, while its rules are evaluated", async () => {
    const record = `service:${latency.from}:p95_5m{service="${service}"}`;
    expect((await valuesOf(record, times.start, times.end)).size).toBe(
      (await valuesOf(expected, times.start, times.end)).size,
    );
    const length = String(Math.ceil((times.end - times.start) / 1_000));
    const fired = await prometheus.query(
      `count_over_time(ALERTS{alertname=~".*Latency.*|Views.*"}[${length}s])`,
    );
    expect(fired).toEqual([]);
  });

  it("tells when it is ready to finish", () => {
    expect(states.map(({ when, ready }) => `${when} ${String(ready)}`)).toEqual([
      "before false",
      "before false",
      "both true",
      "both true",
    ]);
    const told = states.filter(({ when }) => when === "before").map((state) => state.told.join(" "));
    expect(told[0]).toMatch(
      /^product-service 127\.0\.0\.1:\d+, product-service 127\.0\.0\.1:\d+ expose products_viewed_total alone\.$/,
    );
    expect(told[1]).toContain("expose http_request_duration_seconds alone");
  });
});
