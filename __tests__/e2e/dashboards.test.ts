import { setTimeout as sleep } from "node:timers/promises";
import type { Dashboard } from "../../commands/lib/dashboard-lint/dashboard";
import { startDemo, type Demo } from "../../commands/lib/demo/demo";
import { executableKinds, findExecutable } from "../../commands/lib/demo/executables";
import type { PrometheusClient } from "../../commands/lib/demo/prometheus-client";
import { sendTraffic, type TrafficSummary } from "../../commands/lib/traffic/traffic";
import { loadEnvironments, type Environment } from "../../environments";
import { synthesize } from "../../stacks";
import {
  evaluate,
  synthesizedDashboards,
  targetsOf,
  type Choice,
  type Outcome,
} from "../support/grafana-queries";
import { describeUnless } from "../support/require-program";
import { allNotLive, reasonOf, uncertain } from "../support/targets-not-live";
import { temporaryFolder } from "../support/temporary-folder";

const missing = executableKinds
  .map(findExecutable)
  .flatMap((found) => ("missing" in found ? found.missing : []));
const uids = [
  "business-metrics",
  "container-metrics",
  "infrastructure-overview",
  "monitoring",
  "objectives",
  "service-health",
];
const choices: readonly Choice[] = ["all", "each"];
const cases = uids.flatMap((uid) => choices.map((choice) => ({ uid, choice })));
const scrapeInterval = 1;

jest.setTimeout(600_000);

function scrapedEverySecond(local: Environment): Environment {
  return { ...local, prometheus: { ...local.prometheus, scrapeInterval: "1s", scrapeTimeout: "1s" } };
}

/** Waits until all groups of rules were evaluated at this time or later; the slowest is every two minutes. */
async function evaluatedSince(prometheus: PrometheusClient, time: number): Promise<void> {
  const isOlder = ({ lastEvaluation }: { lastEvaluation: string }) => Date.parse(lastEvaluation) < time;
  for (const end = time + 200_000; ; await sleep(1_000)) {
    const { groups } = await prometheus.get<{ groups: { name: string; lastEvaluation: string }[] }>(
      "/api/v1/rules",
    );
    const older = groups.filter(isOlder);
    if (groups.length > 0 && older.length === 0) return;
    if (Date.now() > end) throw new Error(`Not evaluated: ${older.map(({ name }) => name).join(", ")}`);
  }
}

/** The last value of a query that gives one series. */
function only(outcomes: readonly Outcome[], name: string): number | undefined {
  const values = outcomes.find((outcome) => outcome.name === name)?.values ?? new Map<string, number>();
  return values.size === 1 ? [...values.values()][0] : undefined;
}

/** The gateway's last value in a query by service. */
function ofGateway(outcomes: readonly Outcome[], name: string): number | undefined {
  const values = outcomes.find((outcome) => outcome.name === name)?.values ?? new Map<string, number>();
  return [...values].find(([labels]) => labels.includes('"service":"api-gateway"'))?.[1];
}

describeUnless(missing.join(" "), "the dashboards on a running system", () => {
  const folder = temporaryFolder();
  let demo: Demo;
  let prometheus: PrometheusClient;
  let dashboards: ReadonlyMap<string, Dashboard>;
  let from: number;

  const outcomesOf = (uid: string, choice: Choice): Promise<readonly Outcome[]> => {
    const dashboard = dashboards.get(uid);
    if (!dashboard) throw new Error(`There is no dashboard ${uid}.`);
    const to = Math.floor(Date.now() / 1000);
    return evaluate(dashboard, prometheus, { from, to, step: 1, scrapeInterval }, choice);
  };
  const notFinite = (outcomes: readonly Outcome[]) =>
    outcomes.flatMap((outcome) => (outcome.notFinite > 0 ? [outcome.name] : []));

  beforeAll(async () => {
    const environments = loadEnvironments("local").map(scrapedEverySecond);
    const outdir = folder();
    synthesize(environments, outdir);
    dashboards = synthesizedDashboards(outdir, "local-grafana");
    demo = await startDemo({ ports: "free", environment: scrapedEverySecond });
    if (!demo.prometheus) throw new Error("Prometheus does not run.");
    prometheus = demo.prometheus;
    await prometheus.allUp(60_000);
    from = Math.floor(Date.now() / 1000);
  });
  afterAll(async () => {
    await demo.stop();
  });

  it("are those of this test, and each exception is one of their queries", () => {
    expect([...dashboards.keys()].sort()).toEqual(uids);
    const targets = [...dashboards].flatMap(([uid, dashboard]) =>
      targetsOf(dashboard).map(({ name }) => `${uid}/${name}`),
    );
    expect(new Set(targets).size).toBe(targets.length);
    expect(targets).toEqual(expect.arrayContaining(allNotLive()));
    expect(new Set(allNotLive()).size).toBe(allNotLive().length);
  });

  describe("while nobody sends a request", () => {
    beforeAll(async () => {
      await evaluatedSince(prometheus, from * 1000);
    });

    it.each(cases)("$uid has neither NaN nor infinity, $choice chosen", async ({ uid, choice }) => {
      const outcomes = await outcomesOf(uid, choice);
      expect(notFinite(outcomes)).toEqual([]);
      // What is silent for want of traffic is; what the programs say of themselves is there.
      if (uid === "service-health") {
        expect(outcomes.find(({ name }) => name === "Instances up: A")?.series).toBe(1);
        expect(outcomes.find(({ name }) => name === "Highest error ratio: A")?.series).toBe(0);
      }
    });
  });

  describe("with traffic", () => {
    let summary: TrafficSummary;

    beforeAll(async () => {
      const url = new URL(demo.serviceUrls["api-gateway"]);
      const begin = Date.now();
      summary = await sendTraffic({ url, rate: 15, durationSeconds: 80, errors: 0.1, slow: 0.1 });
      // The events of an objective are recorded twice a minute, before their share of the whole window.
      await evaluatedSince(prometheus, begin + 35_000);
    });

    it("which has errors", () => {
      expect(summary.unanswered).toBe(0);
      expect(summary.serverErrors).toBeGreaterThan(100);
    });

    it("shows the numbers of what was sent within 5 %", async () => {
      const sent = (metric: string, service?: string) =>
        summary.expected
          .filter((one) => one.metric === metric && (service === undefined || one.service === service))
          .reduce((sum, { value }) => sum + value, 0);
      const business = await outcomesOf("business-metrics", "all");
      const health = await outcomesOf("service-health", "all");
      const orders = sent("orders_created_total");
      const views = sent("products_viewed_total");
      const revenue = sent("order_value_dollars_sum");
      const requests = sent("http_requests_total", "api-gateway");
      const shown: readonly (readonly [string, number | undefined, number])[] = [
        ["Orders in an hour: A", only(business, "Orders in an hour: A"), orders],
        ["Orders per hour: A", only(business, "Orders per hour: A"), orders],
        ["Revenue in an hour: A", only(business, "Revenue in an hour: A"), revenue],
        ["Revenue per hour: A", only(business, "Revenue per hour: A"), revenue],
        ["Product views per hour: A", only(business, "Product views per hour: A"), views],
        ["Conversion: A", only(business, "Conversion: A"), orders / views],
        ["Conversion rate: A", only(business, "Conversion rate: A"), orders / views],
        ["Mean order value: A", only(business, "Mean order value: A"), revenue / orders],
        // The window of the rate is five minutes; all requests were sent within it.
        ["Request rate: A", ofGateway(health, "Request rate: A"), requests / 300],
        ["Error ratio: A", ofGateway(health, "Error ratio: A"), summary.serverErrors / requests],
      ];
      expect(orders).toBeGreaterThan(100);
      expect(requests).toBe(summary.requests);
      const wrong = shown.filter(([, value, wanted]) => !(Math.abs((value ?? NaN) / wanted - 1) <= 0.05));
      expect(wrong).toEqual([]);
    });

    it.each(cases)("$uid has data in each query, $choice chosen", async ({ uid, choice }) => {
      const outcomes = await outcomesOf(uid, choice);
      expect(notFinite(outcomes)).toEqual([]);
      const isCertain = ({ name }: Outcome) => {
        const reason = reasonOf(uid, name);
        return reason === undefined || !uncertain.has(reason);
      };
      const filled = outcomes.filter(isCertain).map(({ name, series }) => [name, series > 0]);
      expect(filled).toEqual(
        outcomes.filter(isCertain).map(({ name }) => [name, reasonOf(uid, name) === undefined]),
      );
    });
  });
});
