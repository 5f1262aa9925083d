import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PrometheusClient } from "../../../operations/clients/prometheus-client";
import { programNames } from "../../../services/programs";
import { OtlpReceiver } from "../../support/otlp-receiver";
import { prometheusProgram } from "../../support/programs";
import { startPrometheus } from "../../support/prometheus";
import { describeUnless, describeWith } from "../../support/require-program";
import { ServiceApps } from "../../support/service-apps";

const parser = "prometheus_client.openmetrics.parser";
/** The first that has the parser: the one that `.ci/install-programs` makes, or the machine's own. */
const python = ["python3-prometheus-client", "python3"].find(
  (each) => spawnSync(each, ["-c", `import ${parser}`]).status === 0,
);

/** Each family's type by its name, as the strict parser of Python's client reads it. */
const program = `
import json, sys
from ${parser} import text_string_to_metric_families
families = list(text_string_to_metric_families(sys.stdin.read()))
exemplars = sum(1 for family in families for sample in family.samples if sample.exemplar)
print(json.dumps({"types": {family.name: family.type for family in families}, "exemplars": exemplars}))
`;

/** The four services, traced, after a request each. */
class TracedServices {
  private constructor(
    private readonly apps: ServiceApps,
    private readonly receiver: OtlpReceiver,
    /** Addresses of their metrics. */
    readonly urls: Readonly<Record<string, string>>,
  ) {}

  static async start(): Promise<TracedServices> {
    const receiver = await OtlpReceiver.start();
    const apps = new ServiceApps();
    const urls: Record<string, string> = {};
    for (const service of programNames) {
      const { url, metricsUrl } = await apps.listen(service, {
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      });
      await fetch(`${url}/nowhere`);
      urls[service] = metricsUrl;
    }
    return new TracedServices(apps, receiver, urls);
  }

  async stop(): Promise<void> {
    await this.apps.close();
    await this.receiver.stop();
  }
}

describeUnless(
  python === undefined ? "No Python has prometheus_client. .ci/install-programs prometheus_client" : "",
  "the OpenMetrics of the services and a strict parser",
  () => {
    let services: TracedServices;
    beforeAll(async () => {
      services = await TracedServices.start();
    });
    afterAll(() => services.stop());

    it.each(programNames)("is read whole: %s", async (service) => {
      const response = await fetch(services.urls[service] ?? "", {
        headers: { accept: "application/openmetrics-text; version=1.0.0" },
      });
      const { stdout, stderr } = spawnSync(python ?? "", ["-c", program], {
        input: await response.text(),
        encoding: "utf8",
      });
      expect(stderr).toBe("");
      const { types, exemplars } = JSON.parse(stdout) as { types: Record<string, string>; exemplars: number };
      expect(types).toMatchObject({ http_requests: "counter", http_request_duration_seconds: "histogram" });
      expect(exemplars).toBeGreaterThan(0);
      if (service === "order-service") {
        expect(types).toMatchObject({ orders: "counter", orders_created_total: "unknown" });
      }
    });
  },
);

describeWith([prometheusProgram], "the OpenMetrics of the services and a real Prometheus", () => {
  const schemes = ["legacy", "utf8"] as const;
  const directory = mkdtempSync(join(tmpdir(), "openmetrics-"));
  let services: TracedServices;
  let running: Awaited<ReturnType<typeof startPrometheus>>;
  let client: PrometheusClient;

  beforeAll(async () => {
    services = await TracedServices.start();
    const targets = Object.values(services.urls).map((url) => new URL(url).host);
    const config = {
      global: { scrape_interval: "1s", scrape_timeout: "1s" },
      scrape_configs: schemes.map((scheme) => ({
        job_name: scheme,
        metric_name_validation_scheme: scheme,
        scrape_protocols: ["OpenMetricsText1.0.0"],
        static_configs: [{ targets }],
      })),
    };
    writeFileSync(join(directory, "prometheus.yml"), JSON.stringify(config)); // JSON is YAML
    running = await startPrometheus(directory, ["--enable-feature=exemplar-storage"]);
    client = new PrometheusClient(running.url);
    await client.allUp(30_000, Date.now() + 1_000);
  }, 180_000);

  afterAll(async () => {
    await running.process.stop();
    await services.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it.each(schemes)("is read whole, with %s names", async (scheme) => {
    const value = async (query: string) => (await client.query(query)).map((series) => series.value);
    expect(await value(`sum(up{job="${scheme}"})`)).toEqual([programNames.length]);
    for (const name of ["orders_total", "orders_created_total"]) {
      expect(await value(`${name}{job="${scheme}"}`)).toEqual([0]);
    }
    const end = Date.now() / 1000;
    const exemplars = await client.get<unknown[]>(
      `/api/v1/query_exemplars?query=http_request_duration_seconds_bucket{job="${scheme}"}&start=${String(end - 60)}&end=${String(end)}`,
    );
    expect(exemplars.length).toBeGreaterThanOrEqual(programNames.length);
  });
});
