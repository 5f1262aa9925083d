import { setTimeout as sleep } from "node:timers/promises";
import type { Dashboard } from "../../dashboards/lint/dashboard";
import type { Demo, DemoOptions } from "../../demo/demo";
import type { PrometheusClient } from "../../operations/clients/prometheus-client";
import type { TrafficSummary } from "../../services/customers/customers";
import { sendTraffic } from "../../services/traffic/traffic";
import { loadEnvironments } from "./environments";
import { synthesize } from "../../stacks";
import { evaluate, synthesizedDashboards, targetsOf, type Choice, type Outcome } from "./grafana-queries";
import { SteadyRequests } from "./requests";
import { demoPrograms, describeWith, type Program } from "./require-program";
import { allNotLive, reasonOf, uncertain } from "./targets-not-live";
import { temporaryFolder } from "./temporary-folder";
import { startTestDemo } from "./test-demo";
import { dashboardUids } from "./system";

const uids = [...dashboardUids].sort();
const choices: readonly Choice[] = ["all", "each"];
const cases = uids.flatMap((uid) => choices.map((choice) => ({ uid, choice })));
/** Everything happens this many times faster: the rules' five minutes are 20 seconds. */
const speed = 15;
const scrapeInterval = 1;
const ratesOfRulesMs = 300_000 / speed;

/** Waits until all groups of rules were evaluated at this time or later. */
async function evaluatedSince(prometheus: PrometheusClient, time: number): Promise<void> {
  const isOlder = ({ lastEvaluation }: { lastEvaluation: string }) => Date.parse(lastEvaluation) < time;
  for (const end = time + 60_000; ; await sleep(200)) {
    const groups = await prometheus.ruleGroups();
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

/** A service's last value in a query by service. */
function ofService(service: string, outcomes: readonly Outcome[], name: string): number | undefined {
  const values = outcomes.find((outcome) => outcome.name === name)?.values ?? new Map<string, number>();
  return [...values].find(([labels]) => labels.includes(`"service":"${service}"`))?.[1];
}

/** A value that is shown beside the one that was sent. */
type Comparison = readonly [name: string, shown: number | undefined, sent: number];

/** Those that differ by more than 5 %. */
function wrong(comparisons: readonly Comparison[]): readonly Comparison[] {
  return comparisons.filter(([, shown, sent]) => !(Math.abs((shown ?? NaN) / sent - 1) <= 0.05));
}

/**
 * The suite that holds each dashboard's queries against a system that runs: without traffic, with customers, and with requests
 * of known latencies.
 * @param programs what the options need besides the demo's own programs
 */
export function describeLiveDashboards(
  title: string,
  programs: readonly Program[] = [],
  options: Pick<DemoOptions, "instead"> = {},
): void {
  describeWith([...demoPrograms, ...programs], title, () => {
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
      const outdir = folder();
      synthesize(loadEnvironments("local"), outdir);
      dashboards = synthesizedDashboards(outdir, "local-grafana");
      demo = await startTestDemo({ ports: "free", speed, ...options });
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
        summary = await sendTraffic({ url, rate: 15, durationSeconds: 40, errors: 0.1, slow: 0.1 });
        await evaluatedSince(prometheus, Date.now());
      });

      it("stores a part of what is scraped: what something reads", async () => {
        const byJob = async (metric: string) =>
          new Map(
            (await prometheus.query(`sum by (job) (${metric})`)).map(({ metric: { job = "" }, value }) => [
              job,
              value,
            ]),
          );
        const [scraped, stored] = await Promise.all([
          byJob("scrape_samples_scraped"),
          byJob("scrape_samples_post_metric_relabeling"),
        ]);
        const sum = (values: ReadonlyMap<string, number>) =>
          [...values.values()].reduce((all, one) => all + one, 0);
        const lines = [...scraped].map(
          ([job, all]) => `${job}: ${String(stored.get(job))} of ${String(all)}`,
        );
        console.log(`Series stored: ${String(sum(stored))} of ${String(sum(scraped))}\n${lines.join("\n")}`);
        expect(scraped.size).toBeGreaterThan(5);
        for (const [job, all] of scraped) expect([job, stored.get(job)]).not.toEqual([job, all]);
        expect(sum(stored) / sum(scraped)).toBeLessThan(0.75);
      });

      it("which has errors", () => {
        expect(summary.unanswered).toBe(0);
        expect(summary.serverErrors).toBeGreaterThan(100);
      });

      it("shows the numbers of what was sold within 5 %", async () => {
        const sent = (metric: string, service?: string) =>
          summary.expected
            .filter((one) => one.metric === metric && (service === undefined || one.service === service))
            .reduce((sum, { value }) => sum + value, 0);
        const business = await outcomesOf("business-metrics", "all");
        const orders = sent("orders_created_total");
        const views = sent("products_viewed_total");
        const revenue = sent("order_value_dollars_sum");
        const shown: readonly Comparison[] = [
          ["Orders in an hour: A", only(business, "Orders in an hour: A"), orders],
          ["Orders per hour: A", only(business, "Orders per hour: A"), orders],
          ["Revenue in an hour: A", only(business, "Revenue in an hour: A"), revenue],
          ["Revenue per hour: A", only(business, "Revenue per hour: A"), revenue],
          ["Product views per hour: A", only(business, "Product views per hour: A"), views],
          ["Conversion: A", only(business, "Conversion: A"), orders / views],
          ["Conversion rate: A", only(business, "Conversion rate: A"), orders / views],
          ["Mean order value: A", only(business, "Mean order value: A"), revenue / orders],
        ];
        expect(orders).toBeGreaterThan(100);
        expect(wrong(shown)).toEqual([]);
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

    describe("with steady requests of known latencies, of which a tenth fail", () => {
      const perSecond = 25;
      let requests: SteadyRequests;
      let outcomes: readonly Outcome[];

      beforeAll(async () => {
        const url = `${demo.serviceUrls["product-service"]}/products`;
        requests = new SteadyRequests((index) => {
          // From 100 to 1,000 ms, spread evenly whatever part of the requests is looked at: by the golden ratio.
          const delay = 100 + Math.round(900 * ((index * 0.618034) % 1));
          return { url, headers: { "x-fault": index % 10 === 0 ? "error" : `slow=${String(delay)}` } };
        }, perSecond);
        // Nothing else is in the window of the rates then.
        await sleep(ratesOfRulesMs + 5_000);
        outcomes = await outcomesOf("service-health", "all");
        await requests.stop();
      });

      it("shows rate, share of errors and 95th percentile within 5 % of what the client saw", () => {
        const { answers } = requests;
        const latencies = answers.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
        const p95 = (latencies[Math.floor(latencies.length * 0.95)] ?? NaN) / 1_000;
        const failed = answers.filter(({ status }) => status === 500).length / answers.length;
        expect(p95).toBeGreaterThan(0.9);
        expect(failed).toBeCloseTo(0.1, 2);
        const shown = (name: string) => ofService("product-service", outcomes, name);
        expect(
          wrong([
            ["Request rate: A", shown("Request rate: A"), perSecond],
            ["Error ratio: A", shown("Error ratio: A"), failed],
            ["Response time p95: A", shown("Response time p95: A"), p95],
          ]),
        ).toEqual([]);
      });
    });
  });
}
