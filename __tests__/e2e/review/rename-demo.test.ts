import { resolve, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Dashboard } from "../../../dashboards/lint/dashboard";
import type * as demoModule from "../../../demo/demo";
import type { ManagedProcess } from "../../../demo/processes";
import type { PrometheusClient } from "../../../operations/clients/prometheus-client";
import { sendTraffic } from "../../../services/traffic/traffic";
import { synthesize } from "../../../stacks";
import { openShop } from "../../support/demo-faults";
import { loadEnvironments } from "../../support/environments";
import { environmentOfFaults, nodeExporterFlags } from "../../support/fault-environment";
import { type Choice, evaluate, synthesizedDashboards } from "../../support/grafana-queries";
import { projectCopies } from "../../support/project-copy";
import { recordedFirings } from "../../support/recorded-firings";
import { type RenamedMetric, startRenames } from "../../support/renamed-copy";
import { type Repeated, SteadyRequests } from "../../support/requests";
import { describeWithDemo } from "../../support/require-program";
import { sameFirings } from "../../support/same-firings";
import { ServiceVersions } from "../../support/service-versions";
import { reasonOf } from "../../support/targets-not-live";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";
import { startUnrenamed } from "../../support/unrenamed-prometheus";

type Demo = demoModule.Demo;

const speed = 15;
const limitMs = 90_000;
const root = resolve(__dirname, "../../..");
/** A counter and a histogram that an alert and panels read. */
const failed = { from: "orders_failed_total", to: "orders_lost_total", type: "counter" } as const;
const latency = {
  from: "http_request_duration_seconds",
  to: "http_server_duration_seconds",
  type: "histogram",
} as const;
const metrics: readonly RenamedMetric[] = [failed, latency];

const newCopy = projectCopies();
const newFolder = temporaryFolder();

jest.setTimeout(600_000);

/** What the queries of all dashboards gave, with the names of before and with both. */
interface Panels {
  readonly when: string;
  /** Queries with data, and those of them that read what is renamed. */
  readonly filled: number;
  readonly filledOfRenamed: number;
  /** Queries that read what is renamed and have no data, though a system that has run for minutes fills them. */
  readonly emptyOfRenamed: readonly string[];
  /** A line for each that gave another number of series. */
  readonly differing: readonly string[];
}

/** Which services expose what is renamed, by name. */
type Exposed = Readonly<Record<string, readonly string[]>>;

describeWithDemo("the demo in the middle of a rename, beside the same services without one", () => {
  let demo: Demo;
  let either: PrometheusClient;
  let plain: PrometheusClient;
  let plainProcess: ManagedProcess | undefined;
  let customers: Customers | undefined;
  let range: { readonly from: number; readonly to: number };
  const panels: Panels[] = [];
  const exposed: Record<string, Exposed> = {};
  const fired: string[] = [];

  beforeAll(async () => {
    const copy = newCopy();
    startRenames(copy, metrics);
    const versions = new ServiceVersions(newFolder(), root);
    // Rules and dashboards that read either are deployed first, and all services expose the former names alone.
    const { startDemo } = (await import(join(copy.folder, "demo/demo"))) as typeof demoModule;
    demo = await startDemo({
      ports: "free",
      speed,
      environment: environmentOfFaults,
      without: ["jaeger"],
      flags: { "node-exporter": nodeExporterFlags },
      instead: versions.instead,
    });
    if (demo.prometheus === undefined) throw new Error("Prometheus does not run.");
    either = demo.prometheus;
    const outdir = newFolder();
    synthesize(loadEnvironments("local").map(environmentOfFaults), outdir);
    const unrenamed = await startUnrenamed(demo, outdir, newFolder());
    plainProcess = unrenamed.process;
    plain = unrenamed.client;
    await Promise.all([either.allUp(limitMs), plain.allUp(limitMs)]);
    // For two evaluations after its start a Prometheus records no alerts.
    await sleep(8_000);
    const from = Date.now();
    const dashboards = {
      either: synthesizedDashboards(join(demo.folder, "cdktf.out"), "local-grafana"),
      plain: synthesizedDashboards(outdir, "local-grafana"),
    };
    const note = async (when: string) => {
      exposed[when] = await exposedNow();
      panels.push(await panelsOf(when, dashboards));
    };

    // Before: a service is slow, and goes on being slow while it is deployed.
    customers = new Customers(demo);
    const { validation } = await openShop(demo.serviceUrls, speed);
    const slow = asking(validation, "slow", 10);
    await fires("HighLatency", "auth-service");
    await note("before");
    await customers.stop();
    for (const service of ["auth-service", "product-service"] as const) {
      await versions.deploy(demo, service, copy.folder);
    }
    // What the two kept in memory is gone.
    customers = new Customers(demo);
    const shop = await openShop(demo.serviceUrls, speed);
    await sleep(10_000);
    await slow.stop();

    // In the middle: two services expose either, two the former alone, one of which lets orders fail, and is deployed then.
    const looking = repeating(shop.orders, 120);
    const failing = asking(shop.order, "error", 1);
    await fires("OrdersFailing", "order-service");
    await note("during");
    for (const service of ["order-service", "api-gateway"] as const) {
      await versions.deploy(demo, service, copy.folder);
    }
    await sleep(10_000);

    // After: all expose either.
    const slowAfter = asking(shop.products, "slow", 30);
    await fires("HighLatency", "product-service");
    await note("after");
    await Promise.all([slowAfter, failing, looking].map((each) => each.stop()));
    // Until what was slow is out of the range, and the alert's time to hold on is over.
    await sleep(50_000);
    await customers.stop();
    range = { from, to: Date.now() };
  });
  afterAll(async () => {
    await Promise.all(askers.map((each) => each.stop()));
    await customers?.stop();
    await plainProcess?.stop();
    await demo.stop();
  });

  /** Waits until an alert fires where both names are read. */
  async function fires(alertname: string, service: string): Promise<void> {
    const since = Date.now();
    const labels = `alertname="${alertname}", service="${service}", severity="critical", alertstate="firing"`;
    await until(async () => (await either.query(`ALERTS{${labels}}`)).length > 0, limitMs);
    fired.push(`${alertname} of ${service} after ${((Date.now() - since) / 1_000).toFixed(1)} s`);
  }

  async function exposedNow(): Promise<Exposed> {
    const found = await Promise.all(
      metrics.flatMap(({ from, to, type }) =>
        [from, to].map(async (name) => {
          const series = type === "histogram" ? `${name}_count` : name;
          const services = await either.query(`count by (service) (${series})`);
          return [name, services.map(({ metric: { service = "" } }) => service).sort()] as const;
        }),
      ),
    );
    return Object.fromEntries(found);
  }

  /** Asks both for all panels, again where they differ: each scrapes at times of its own. */
  async function panelsOf(
    when: string,
    dashboards: Readonly<Record<"either" | "plain", ReadonlyMap<string, Dashboard>>>,
  ): Promise<Panels> {
    for (const end = Date.now() + 40_000; ; await sleep(1_000)) {
      const found = await panelsNow(when, dashboards);
      if (found.differing.length === 0 || Date.now() > end) return found;
    }
  }

  async function panelsNow(
    when: string,
    dashboards: Readonly<Record<"either" | "plain", ReadonlyMap<string, Dashboard>>>,
  ): Promise<Panels> {
    const to = Math.floor(Date.now() / 1_000);
    // What one of them saw for a moment is soon out of sight.
    const view = { from: to - 20, to, step: 1, scrapeInterval: 1 };
    const differing: string[] = [];
    const emptyOfRenamed: string[] = [];
    let [filled, filledOfRenamed] = [0, 0];
    for (const [uid, dashboard] of dashboards.either)
      for (const choice of ["all", "each"] satisfies Choice[]) {
        const before = dashboards.plain.get(uid);
        if (before === undefined) throw new Error(`There is no dashboard ${uid} without the rename.`);
        const [found, wanted] = await Promise.all([
          evaluate(dashboard, either, view, choice),
          evaluate(before, plain, view, choice),
        ]);
        expect(found.map(({ name }) => formerNamesIn(name))).toEqual(wanted.map(({ name }) => name));
        for (const [index, { name, expr, series }] of found.entries()) {
          const expected = wanted[index]?.series ?? NaN;
          const isOfRenamed = metrics.some((each) => expr.includes(each.to));
          filled += series > 0 ? 1 : 0;
          filledOfRenamed += isOfRenamed && series > 0 ? 1 : 0;
          if (isOfRenamed && series === 0 && reasonOf(uid, name) === undefined)
            emptyOfRenamed.push(`${uid}/${name}, ${choice} chosen`);
          if (series !== expected)
            differing.push(
              `${uid}/${name}, ${choice} chosen: ${String(series)} series, without a rename ${String(expected)}`,
            );
        }
      }
    return { when, filled, filledOfRenamed, emptyOfRenamed, differing };
  }

  it("has services with the former names alone, then some with both, then all", () => {
    const all = ["api-gateway", "auth-service", "order-service", "product-service"];
    const of = (when: string, name: string) => exposed[when]?.[name];
    expect(["before", "during", "after"].map((when) => of(when, latency.from))).toEqual([all, all, all]);
    expect(["before", "during", "after"].map((when) => of(when, latency.to))).toEqual([
      [],
      ["auth-service", "product-service"],
      all,
    ]);
    expect(["before", "during", "after"].map((when) => of(when, failed.to))).toEqual([
      [],
      [],
      ["order-service"],
    ]);
  });

  it("fires the same alerts at the same times as without a rename", async () => {
    const firings = async (prometheus: PrometheusClient) => {
      const groups = await prometheus.ruleGroups();
      const seconds = new Map(
        groups.flatMap(({ interval, rules }) => rules.map(({ name }) => [name, interval] as const)),
      );
      const found = await recordedFirings(
        prometheus,
        range,
        ({ alertname = "" }) => (seconds.get(alertname) ?? 0) * 1_000,
      );
      return { found, most: Math.max(...seconds.values()) };
    };
    const [one, other] = [await firings(either), await firings(plain)];
    // A scrape and an evaluation of each, for how far the share of a range rises or falls meanwhile.
    const toleranceMs = 2 * (one.most + 1) * 1_000;
    const { compared, differing } = sameFirings(one.found, other.found, range, toleranceMs);
    const names = new Set(
      one.found.map(({ labels: { alertname, service } }) => `${String(alertname)} ${String(service)}`),
    );
    process.stdout.write(
      `${fired.join("; ")}.\nFirings: ${String(compared)} compared, ${String(differing.length)} differing by more than ${String(toleranceMs / 1_000)} s: ${[...names].sort().join(", ")}.\n`,
    );
    expect(differing).toEqual([]);
    expect([...names]).toEqual(
      expect.arrayContaining([
        "HighLatency auth-service",
        "OrdersFailing order-service",
        "HighLatency product-service",
      ]),
    );
    expect(compared).toBeGreaterThan(5);
  });

  it.each(["before", "during", "after"])(
    "each panel has the data that it has without a rename, %s",
    (when) => {
      const found = panels.find((each) => each.when === when);
      if (found === undefined) throw new Error(`Nobody looked at the panels ${when}.`);
      const { filled, filledOfRenamed, emptyOfRenamed, differing } = found;
      process.stdout.write(
        `Panels ${when}: ${String(filled)} queries with data, ${String(filledOfRenamed)} of them of what is renamed; ${String(differing.length)} differing.\n`,
      );
      expect(differing).toEqual([]);
      expect(filled).toBeGreaterThan(200);
      expect(filledOfRenamed).toBeGreaterThan(10);
      // Before, no order has failed.
      if (when !== "before") expect(emptyOfRenamed).toEqual([]);
    },
  );
});

/** A title as it was: some panels are called by their metric. */
function formerNamesIn(title: string): string {
  return metrics.reduce((text, { from, to }) => text.replaceAll(to, from), title);
}

/** Customers who come in by the gateway until they leave. */
class Customers {
  private readonly leaving = new AbortController();
  private readonly done: Promise<unknown>;

  constructor(demo: Demo) {
    this.done = sendTraffic({
      url: new URL(demo.serviceUrls["api-gateway"]),
      ...{ rate: 8, errors: 0, slow: 0, durationSeconds: Infinity, signal: this.leaving.signal },
    });
  }

  async stop(): Promise<void> {
    this.leaving.abort();
    await this.done;
  }
}

/** All that ask, so that none goes on when something has failed. */
const askers: SteadyRequests[] = [];

function asking(request: Repeated, fault: "error" | "slow", perSecond: number): SteadyRequests {
  return repeating({ ...request, headers: { ...request.headers, "x-fault": fault } }, perSecond);
}

function repeating(request: Repeated, perSecond: number): SteadyRequests {
  const asker = new SteadyRequests(() => request, perSecond);
  askers.push(asker);
  return asker;
}
