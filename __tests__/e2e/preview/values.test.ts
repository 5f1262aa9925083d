import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import type { Dashboard } from "../../../dashboards/lint/dashboard";
import type { Demo } from "../../../demo/demo";
import type { PrometheusClient } from "../../../operations/clients/prometheus-client";
import { sendTraffic } from "../../../services/traffic/traffic";
import { synthesize } from "../../../stacks";
import { loadEnvironments } from "../../support/environments";
import {
  answersOf,
  synthesizedDashboards,
  synthesizedJson,
  type ChosenValues,
} from "../../support/grafana-queries";
import { differences } from "../../support/panel-values";
import {
  chromiumProgram,
  installPreview,
  previewDashboard,
  TestPreview,
  unfold,
} from "../../support/preview-page";
import { alertmanagerProgram, nodeExporterProgram, prometheusProgram } from "../../support/programs";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { startTestDemo } from "../../support/test-demo";
import { until } from "../../support/until";

/** Everything happens this many times faster: targets are scraped each second. */
const speed = 15;
const programs = [prometheusProgram, alertmanagerProgram, nodeExporterProgram, chromiumProgram];
const uids = [
  "business-metrics",
  "container-metrics",
  "infrastructure-overview",
  "machine",
  "monitoring",
  "objectives",
  "service-health",
];

jest.setTimeout(180_000);

/** Unix time in seconds. */
interface Span {
  readonly from: number;
  readonly to: number;
}

describeWith(programs, "the dashboards on the preview's page, with the demo", () => {
  installPreview();
  const folder = temporaryFolder();
  let demo: Demo | undefined;
  let prometheus: PrometheusClient;
  let preview: TestPreview | undefined;
  let dashboards: ReadonlyMap<string, Dashboard>;
  let healthy: Span;
  let faulty: Span;

  const now = () => Math.floor(Date.now() / 1_000);
  const traffic = (url: string, faults: { errors: number; slow: number }) =>
    sendTraffic({ url: new URL(url), rate: 15, durationSeconds: 15, ...faults });

  beforeAll(async () => {
    const outdir = folder();
    synthesize(loadEnvironments("local"), outdir);
    dashboards = synthesizedDashboards(outdir, "local-grafana");
    const jsons = synthesizedJson(outdir, "local-grafana");
    demo = await startTestDemo({ ports: "free", speed });
    if (!demo.prometheus) throw new Error("Prometheus does not run.");
    prometheus = demo.prometheus;
    await prometheus.allUp(60_000);
    const gateway = demo.serviceUrls["api-gateway"];
    const start = now();
    await traffic(gateway, { errors: 0, slow: 0 });
    healthy = { from: start, to: now() };
    await traffic(gateway, { errors: 0.3, slow: 0.1 });
    await demo.program("order-service").kill();
    await sleep(4_000);
    faulty = { from: healthy.to, to: now() };
    // What was scraped until then is there.
    await sleep(2_000);
    preview = await TestPreview.start(
      { dashboards: jsons.map((json) => previewDashboard(json)) },
      prometheus.url,
      { scrapeIntervalSeconds: 1, jaegerUrl: "http://127.0.0.1:16686" },
    );
  });
  afterAll(async () => {
    await preview?.stop();
    await demo?.stop();
  });

  /** Opens a dashboard with all its rows unfolded. */
  const open = async (
    uid: string,
    { from, to }: Span,
    choices = "",
    scheme: "light" | "dark" = "dark",
  ): Promise<Page> => {
    if (!preview) throw new Error("The preview does not run.");
    const times = `from=${String(from * 1_000)}&to=${String(to * 1_000)}`;
    const page = await preview.open(`/d/${uid}?${times}${choices}`, { width: 1440, height: 8_000 }, scheme);
    await unfold(page);
    return page;
  };
  const compared = async (page: Page, uid: string, span: Span, chosen: ChosenValues | "all" = "all") => {
    const dashboard = dashboards.get(uid);
    if (!dashboard) throw new Error(`There is no dashboard ${uid}.`);
    const answers = await answersOf(dashboard, prometheus, { ...span, step: 1, scrapeInterval: 1 }, chosen);
    return differences(page, dashboard, answers);
  };

  it("are all of the project's", () => {
    expect([...dashboards.keys()].sort()).toEqual(uids);
  });

  it.each(uids)("%s shows what Prometheus answers while all is well, and is accessible", async (uid) => {
    const page = await open(uid, healthy, "", uids.indexOf(uid) % 2 === 0 ? "light" : "dark");
    const { wrong, compared: values } = await compared(page, uid, healthy);
    expect(wrong).toEqual([]);
    expect(values).toBeGreaterThanOrEqual(5);
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: 1_000 });
      // Graphs are drawn anew a moment later.
      const fits = () => page.evaluate<boolean>("document.documentElement.scrollWidth <= innerWidth");
      await until(fits);
      expect(await seriousViolations(page)).toEqual([]);
    }
    await page.close();
  });

  it.each(uids)("%s shows what Prometheus answers while services fail", async (uid) => {
    const page = await open(uid, faulty);
    const { wrong, compared: values } = await compared(page, uid, faulty);
    expect(wrong).toEqual([]);
    expect(values).toBeGreaterThanOrEqual(5);
    await page.close();
  });

  it("shows the services that were chosen, and no other", async () => {
    const service = ["order-service", "auth-service"];
    const page = await open("service-health", faulty, service.map((name) => `&var-service=${name}`).join(""));
    const { wrong } = await compared(page, "service-health", faulty, { service });
    expect(wrong).toEqual([]);
    await page.close();
  });

  it("complains of nothing", () => {
    expect(preview?.complaints).toEqual([]);
  });
});

/** What axe finds to be serious or critical. */
async function seriousViolations(page: Page): Promise<readonly unknown[]> {
  // By the debugger: the page's own policy lets in no script.
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
  if (!passes.some(({ id }) => id === "color-contrast")) throw new Error("axe did not look at the colours.");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
