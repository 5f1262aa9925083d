import type { Demo } from "../../demo/demo";
import { requestJson } from "../../operations/clients/json-client";
import { sendTraffic } from "../../services/traffic/traffic";
import { synthesize } from "../../stacks";
import { loadEnvironments } from "../support/environments";
import { evaluate, synthesizedDashboards } from "../support/grafana-queries";
import { jaegerProgram } from "../support/programs";
import { demoPrograms, describeWith } from "../support/require-program";
import { targetsNotLive } from "../support/targets-not-live";
import { temporaryFolder } from "../support/temporary-folder";
import { startTestDemo } from "../support/test-demo";
import { until } from "../support/until";

jest.setTimeout(180_000);

/** What only a Jaeger fills: the title of the panel and the query's letter, by dashboard. */
const filled = {
  "service-health": targetsNotLive["service-health"]?.spanMetrics ?? [],
  monitoring: targetsNotLive.monitoring?.jaeger ?? [],
};

describeWith([...demoPrograms, jaegerProgram], "the demo where Jaeger is installed", () => {
  const folder = temporaryFolder();
  const lines: string[] = [];
  let demo: Demo;
  let from: number;

  const jaeger = () => demo.program("jaeger").url;
  const services = async () =>
    (await requestJson<{ data: readonly string[] | null }>(`${jaeger()}/api/services`)).data ?? [];

  beforeAll(async () => {
    demo = await startTestDemo({
      ports: "free",
      speed: 15,
      without: [],
      onLine: (program, line) => {
        if (program === "jaeger") lines.push(line);
      },
    });
    await demo.prometheus?.allUp(60_000);
    from = Math.floor(Date.now() / 1000);
    const url = new URL(demo.serviceUrls["api-gateway"]);
    await sendTraffic({ url, rate: 10, durationSeconds: 30, errors: 0.1, slow: 0 });
  });
  afterAll(async () => {
    await demo.stop();
  });

  it("has the traces of its services", async () => {
    await until(async () => (await services()).length >= 4);
    expect([...(await services())].sort()).toEqual([
      "api-gateway",
      "auth-service",
      "order-service",
      "product-service",
    ]);
  });

  it("takes spans of other programs, where it says", async () => {
    const span = { traceId: "1".repeat(32), spanId: "2".repeat(16), name: "GET /parcels/:id", kind: 2 };
    const now = `${String(Date.now())}000000`;
    const resource = {
      attributes: [{ key: "service.name", value: { stringValue: "parcel-service" } }],
    };
    const spans = [{ ...span, startTimeUnixNano: now, endTimeUnixNano: now }];
    const { status } = await fetch(`${demo.otlpUrl ?? ""}/v1/traces`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }),
    });
    expect(status).toBe(200);
    await until(async () => (await services()).includes("parcel-service"));
  });

  it("has its targets up: Jaeger itself, and the calls that it counts", async () => {
    const targets = (await demo.prometheus?.targets()) ?? [];
    const health = Object.fromEntries(targets.map((target) => [target.scrapePool, target.health]));
    expect(health).toMatchObject({ jaeger: "up", "span-metrics": "up" });
    expect(demo.absent.map(({ job }) => job)).not.toContain("jaeger");
  });

  it.each(Object.entries(filled))(
    "fills the panels of %s that have data of Jaeger alone",
    async (uid, names) => {
      const outdir = folder();
      synthesize(loadEnvironments("local"), outdir);
      const dashboard = synthesizedDashboards(outdir, "local-grafana").get(uid);
      const { prometheus } = demo;
      if (dashboard === undefined || prometheus === undefined) throw new Error(`There is no ${uid}.`);
      // A rate needs a question before and one after a scrape.
      const empty = async () => {
        await services();
        const view = { from, to: Math.floor(Date.now() / 1000), step: 1, scrapeInterval: 1 };
        const outcomes = await evaluate(dashboard, prometheus, view, "all");
        return names.filter((name) => (outcomes.find((each) => each.name === name)?.series ?? 0) === 0);
      };
      await until(async () => (await empty()).length === 0).catch(() => undefined);
      expect(names.length).toBeGreaterThan(2);
      expect(await empty()).toEqual([]);
    },
  );

  it("keeps nothing of it when it ends, and nobody waits for it", async () => {
    const { otlpUrl } = demo;
    const began = Date.now();
    await demo.program("jaeger").stop();
    expect(Date.now() - began).toBeLessThan(5_000);
    await expect(fetch(`${otlpUrl ?? ""}/v1/traces`, { method: "POST" })).rejects.toThrow();
  });
});
