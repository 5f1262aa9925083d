import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Dashboard } from "../../dashboards/lint/dashboard";
import type { RunningServices } from "../../demo/services";
import { httpStatusCodeLabel } from "../../metrics/http";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { sendTraffic } from "../../services/traffic/traffic";
import { synthesize } from "../../stacks";
import { cataloguedOf, differences, exposedBy } from "../support/catalogued";
import { loadEnvironments } from "../support/environments";
import { evaluate, synthesizedDashboards } from "../support/grafana-queries";
import { TestJaeger } from "../support/jaeger";
import { jaegerProgram, prometheusProgram } from "../support/programs";
import { startPrometheus } from "../support/prometheus";
import { describeWith } from "../support/require-program";
import { startTestServices } from "../support/running-services";
import { containerVariables, uploadedFiles } from "../support/stack-files";
import { temporaryFolder } from "../support/temporary-folder";
import { until } from "../support/until";

jest.setTimeout(180_000);

/** All calls that journeys of customers make. */
const edges = [
  "api-gateway → auth-service",
  "api-gateway → order-service",
  "api-gateway → product-service",
  "order-service → auth-service",
  "order-service → product-service",
];
const calls = "traces_span_metrics_calls_total";

/** The rendered configuration of Prometheus's job of these metrics, at another address and more often. */
function scrapingOf({ callMetricsUrl }: TestJaeger): string {
  const rendered = parse(
    uploadedFiles("local", "docker", "prometheus")["/etc/prometheus/prometheus.yml"] ?? "",
  ) as { scrape_configs: { job_name: string }[] };
  const job = rendered.scrape_configs.find(({ job_name: name }) => name === "span-metrics");
  const targets = [new URL(callMetricsUrl).host];
  return JSON.stringify({
    global: { scrape_interval: "1s", scrape_timeout: "1s" },
    scrape_configs: [{ ...job, static_configs: [{ targets }] }],
  });
}

describeWith(
  [jaegerProgram, prometheusProgram],
  "calls between the services, as a real Jaeger has them",
  () => {
    const folder = temporaryFolder();
    let jaeger: TestJaeger;
    let services: RunningServices;
    let server: Awaited<ReturnType<typeof startPrometheus>>;
    let prometheus: PrometheusClient;
    let health: Dashboard | undefined;

    beforeAll(async () => {
      const data = folder();
      const configuration = uploadedFiles("local", "docker", "jaeger")["/etc/jaeger/config.yaml"] ?? "";
      jaeger = await TestJaeger.start(data, configuration, containerVariables("local", "docker", "jaeger"));
      writeFileSync(join(data, "prometheus.yml"), scrapingOf(jaeger));
      server = await startPrometheus(data, ["--enable-feature=exemplar-storage"]);
      prometheus = new PrometheusClient(server.url);
      services = await startTestServices({
        env: { FAULT_INJECTION: "on", OTEL_EXPORTER_OTLP_ENDPOINT: jaeger.otlpUrl },
      });
      synthesize(loadEnvironments("local"), data);
      health = synthesizedDashboards(data, "local-grafana").get("service-health");
      const url = new URL(services.urls["api-gateway"]);
      await sendTraffic({ url, rate: 10, durationSeconds: 25, errors: 0.2, slow: 0 });
    });
    afterAll(async () => {
      await services.stop();
      await server.process.stop();
      await jaeger.stop();
    });

    const edgesOf = async (query: string) =>
      (await prometheus.query(query))
        .map(({ metric }) => `${metric.service_name ?? ""} → ${metric.peer_service ?? ""}`)
        .sort();

    it("are the dependencies that its page shows, kept on the volume", async () => {
      await until(async () => (await jaeger.dependencies()).length >= edges.length);
      expect(await jaeger.dependencies()).toEqual(edges);
    });

    it("are exported as the catalogue says", async () => {
      const families = await exposedBy(jaeger.callMetricsUrl);
      const catalogued = cataloguedOf("span-metrics").map(({ absentWhen: _, ...entry }) => entry);
      expect(catalogued).toHaveLength(2);
      expect(catalogued.flatMap((entry) => differences(entry, families))).toEqual([]);
    });

    it("have the same edges in Prometheus, few series, and nothing that nobody reads", async () => {
      expect(await edgesOf(`count by (service_name, peer_service) (${calls})`)).toEqual(edges);
      const names = await prometheus.query(
        `count by (__name__) ({job="span-metrics", __name__=~"[^_]*_.*"})`,
      );
      const stored = names.filter(({ metric: { __name__: name } }) => name?.startsWith("traces_"));
      expect(stored.map(({ metric: { __name__: name } }) => name).sort()).toEqual([
        calls,
        "traces_span_metrics_duration_seconds_bucket",
      ]);
      const count = stored.reduce((sum, { value }) => sum + value, 0);
      // Each edge has 11 buckets, and five statuses at most.
      expect(count).toBeLessThanOrEqual(edges.length * (11 + 5));
    });

    it("are as many as the gateway counted itself, of each status", async () => {
      const exposed = await exposedBy(services.metricsUrls["api-gateway"].replace(/\/metrics$/, ""));
      const { samples = [] } = exposed.get("proxy_request_duration_seconds") ?? {};
      const counted = samples.flatMap(({ name, labels, value }) =>
        name.endsWith("_count") && value > 0
          ? [`${labels.target_service ?? ""} ${labels.status_code ?? ""}: ${String(value)}`]
          : [],
      );
      const seen = async () => {
        const sums = new Map<string, number>();
        for (const { metric, value } of await prometheus.query(`${calls}{service_name="api-gateway"}`)) {
          // The gateway's own label keeps fewer codes apart.
          const status = httpStatusCodeLabel(Number(metric.http_response_status_code));
          const key = `${metric.peer_service ?? ""} ${status}`;
          sums.set(key, (sums.get(key) ?? 0) + value);
        }
        return [...sums].map(([key, sum]) => `${key}: ${String(sum)}`).sort();
      };
      expect(counted.some((each) => / 5\d\d:/.test(each))).toBe(true);
      const wanted = [...counted].sort();
      // The last ones come with the next flush and the next scrape.
      await until(async () => (await seen()).join() === wanted.join()).catch(() => undefined);
      expect(await seen()).toEqual(wanted);
    });

    it("are on Service Health, each edge in each panel", async () => {
      if (!health) throw new Error("There is no Service Health.");
      const to = Math.floor(Date.now() / 1000);
      const view = { from: to - 60, to, step: 1, scrapeInterval: 5 };
      const outcomes = await evaluate(health, prometheus, view);
      const shown = outcomes.filter(({ expr }) => expr.includes("traces_span_metrics_"));
      expect(shown.map(({ name, series, notFinite }) => ({ name, series, notFinite }))).toEqual(
        ["Calls: A", "Failed calls: A", "Call time p95: A"].map((name) => ({
          name,
          series: edges.length,
          notFinite: 0,
        })),
      );
    });

    it("lead from a point of their times to a trace that Jaeger has", async () => {
      const now = Date.now() / 1000;
      const path = `/api/v1/query_exemplars?query=traces_span_metrics_duration_seconds_bucket&start=${String(now - 120)}&end=${String(now)}`;
      const found =
        await prometheus.get<readonly { exemplars: { labels: Record<string, string> }[] }[]>(path);
      const ids = found.flatMap(({ exemplars }) => exemplars.flatMap(({ labels }) => labels.trace_id ?? []));
      expect(ids.length).toBeGreaterThan(0);
      const response = await fetch(`${jaeger.url}/api/traces/${ids[0] ?? ""}`);
      expect(response.status).toBe(200);
    });
  },
);
