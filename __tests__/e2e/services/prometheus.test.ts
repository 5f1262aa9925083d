import { checkContract } from "../../../metrics/contract/check";
import { scrape } from "../../../metrics/contract/scrape";
import type { RunningServices } from "../../../demo/services";
import type { TrafficSummary } from "../../../services/customers/customers";
import { sendTraffic } from "../../../services/traffic/traffic";
import { entriesOf } from "../../../metrics/catalogue";
import { exposedAsUnknown, openMetricsName } from "../../../metrics/openmetrics";
import { everyService } from "../../../metrics/targets";
import { programNames } from "../../../services/programs";
import { OtlpReceiver } from "../../support/otlp-receiver";
import { prometheusProgram } from "../../support/programs";
import { TestPrometheus } from "../../support/prometheus";
import { describeWith } from "../../support/require-program";
import { startTestServices } from "../../support/running-services";
import { catalogue } from "../../support/system";

const targetLabels = ["__name__", "service", "job", "instance", "le", "quantile"];

describeWith([prometheusProgram], "services, traffic and a real Prometheus", () => {
  let receiver: OtlpReceiver;
  let services: RunningServices;
  let prometheus: TestPrometheus;
  let traffic: TrafficSummary;

  beforeAll(async () => {
    receiver = await OtlpReceiver.start();
    services = await startTestServices({
      env: { FAULT_INJECTION: "on", OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ORDER_STEP_MS: "500" },
    });
    prometheus = await TestPrometheus.start(services.metricsUrls);
    await prometheus.scraped(programNames.length);
    traffic = await sendTraffic({
      url: new URL(services.urls["api-gateway"]),
      rate: 40,
      durationSeconds: 10,
      errors: 0.05,
      slow: 0.02,
    });
    await prometheus.scraped(programNames.length);
  }, 120_000);

  afterAll(async () => {
    await prometheus.stop();
    await services.stop();
    await receiver.stop();
  });

  it("got an answer to every request", () => {
    expect(traffic).toMatchObject({ unanswered: 0, journeysSkipped: 0 });
    expect(traffic.requests).toBeGreaterThan(500);
    expect(traffic.serverErrors).toBeGreaterThan(0);
  });

  it("has in Prometheus exactly what the traffic counted", async () => {
    const differences: string[] = [];
    for (const { service, metric, labels, value } of traffic.expected) {
      const matchers = Object.entries({ service, ...labels }).map(([name, text]) => `${name}="${text}"`);
      const [series, ...more] = await prometheus.query(`${metric}{${matchers.join(",")}}`);
      const found = series?.value ?? NaN;
      const isSame = metric.endsWith("_sum") ? Math.abs(found - value) < 0.01 : found === value;
      if (!isSame || more.length > 0) {
        differences.push(
          `${service} ${metric}${JSON.stringify(labels)}: ${String(found)}, sent ${String(value)}`,
        );
      }
    }
    expect(differences).toEqual([]);
    expect(traffic.expected.length).toBeGreaterThan(30);
  });

  it("has no request, order or login there that the traffic did not count", async () => {
    const total = (service: string, metric: string) =>
      traffic.expected
        .filter((each) => each.service === service && each.metric === metric)
        .reduce((sum, { value }) => sum + value, 0);
    for (const [service, metric] of [
      ["api-gateway", "http_requests_total"],
      ["order-service", "http_requests_total"],
      ["order-service", "orders_total"],
      ["order-service", "orders_failed_total"],
      ["auth-service", "login_attempts_total"],
      ["auth-service", "token_validations_total"],
      ["product-service", "products_viewed_total"],
    ] as const) {
      const [sum] = await prometheus.query(`sum(${metric}{service="${service}"})`);
      expect([service, metric, sum?.value]).toEqual([service, metric, total(service, metric)]);
    }
  });

  it("balances: attempts to order are created or failed, requests and durations are one number", async () => {
    for (const query of [
      "orders_total - orders_created_total - ignoring(reason) sum without (reason) (orders_failed_total)",
      "sum(order_value_dollars_count) - sum(orders_created_total)",
      "sum(active_orders) - sum(orders_created_total)",
      "sum by (service) (http_requests_total) - sum by (service) (http_request_duration_seconds_count)",
      'sum(proxy_request_duration_seconds_count) - sum(http_requests_total{service="api-gateway"})',
    ]) {
      const answer = await prometheus.query(query);
      expect([query, ...new Set(answer.map(({ value }) => value))]).toEqual([query, 0]);
    }
  });

  describe.each(programNames)("%s", (service) => {
    const own = entriesOf(catalogue).filter(({ exportedBy }) =>
      exportedBy.some((by) => by === service || by === everyService),
    );

    const unknown = exposedAsUnknown(own);

    it.each(own.map(({ name }) => name))("has %s with its type and labels", async (name) => {
      const entry = own.find((each) => each.name === name);
      const suffix = entry?.type === "histogram" ? "_bucket" : "";
      const series = await prometheus.query(`${name}${suffix}{service="${service}"}`);
      if (entry?.absentWhen === undefined) expect(series.length).toBeGreaterThan(0);
      for (const { metric } of series) {
        const labels = Object.keys(metric).filter((label) => !targetLabels.includes(label));
        expect(labels.sort()).toEqual(Object.keys(entry?.labels ?? {}).sort());
      }
      const isUnknown = unknown.has(name);
      const family = entry && !isUnknown ? openMetricsName(entry) : name;
      const metadata = await prometheus.get<{ type: string; metric: string }[]>(
        `/api/v1/targets/metadata?match_target=${encodeURIComponent(`{service="${service}"}`)}&metric=${family}`,
      );
      expect(metadata.map(({ type }) => type)).toEqual([isUnknown ? "unknown" : entry?.type]);
    });

    it("has more than 50 series", async () => {
      const [count] = await prometheus.query(`count({service="${service}", __name__!~"up|scrape_.*"})`);
      expect(count?.value).toBeGreaterThan(50);
    });

    it("passes the contract check after the traffic", async () => {
      const scraped = await scrape(new URL(services.metricsUrls[service]));
      expect([...scraped.findings, ...checkContract(scraped, { catalogue, service })]).toEqual([]);
    });
  });

  it("leads from an exemplar in Prometheus to a trace that the collector has", async () => {
    const end = Date.now() / 1000;
    const answer = await prometheus.get<
      { seriesLabels: { service: string }; exemplars: { labels: { trace_id: string } }[] }[]
    >(
      `/api/v1/query_exemplars?query=http_request_duration_seconds_bucket&start=${String(end - 120)}&end=${String(end)}`,
    );
    expect(new Set(answer.map(({ seriesLabels }) => seriesLabels.service))).toEqual(new Set(programNames));
    const traces = new Set(receiver.spans.map(({ traceId }) => traceId));
    const ids = answer.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels.trace_id));
    expect(ids.length).toBeGreaterThan(20);
    expect(ids.filter((id) => !traces.has(id))).toEqual([]);
  });
});
