import { writeFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { join } from "node:path";
import type { ScrapeConfig } from "../../../constructs/docker/prometheus-configuration";
import { renderPrometheusConfiguration } from "../../../constructs/docker/prometheus-configuration";
import { dashboardOf } from "../../../dashboards/lint/dashboard";
import { ManagedProcess } from "../../../demo/processes";
import { faster } from "../../../demo/speed/faster";
import { parseExposition } from "../../../metrics/contract/exposition";
import { probeJob } from "../../../metrics/targets";
import { PrometheusClient } from "../../../operations/clients/prometheus-client";
import { freePort } from "../../../operations/loopback-port";
import { blackboxFiles } from "../../../stacks/probes";
import { dashboardFoldersOf, ruleFilesOf, storedScrapeConfigs } from "../../../stacks/system";
import { cataloguedOf, differences } from "../../support/catalogued";
import { type Behind, caddyProgram, loginOf, type TestEdge } from "../../support/edge";
import { passwords, startChangedEdge } from "../../support/edge-running";
import type { Environment } from "../../support/environments";
import { evaluate, type Outcome } from "../../support/grafana-queries";
import { blackboxExporterProgram, prometheusProgram } from "../../support/programs";
import { startPrometheus } from "../../support/prometheus";
import { describeWith } from "../../support/require-program";
import { openssl } from "../../support/server-certificate";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";

jest.setTimeout(180_000);

const folder = temporaryFolder();
/** How much shorter the times of rules and scrapes are. */
const factor = 30;
const requestsPerMinute = 4_000;
const [grafana, prometheus, jaeger, api] = ["grafana", "prometheus", "jaeger", "api"].map(
  (name) => `${name}.example.com`,
) as [string, string, string, string];
const pages = ["alertmanager", "grafana", "jaeger", "prometheus"];

const programs = [caddyProgram, blackboxExporterProgram, prometheusProgram, openssl];

describeWith(programs, "The edge as Prometheus, its rules and its dashboard see it", () => {
  let edge: TestEdge;
  let behind: Behind;
  let environment: Environment;
  let client: PrometheusClient;
  const running: ManagedProcess[] = [];

  beforeAll(async () => {
    const work = folder();
    ({ edge, behind, environment } = await startChangedEdge(
      work,
      "watched",
      // Somebody has taken the login away there.
      { site: (site) => (site.host === jaeger ? { ...site, login: "own" } : site) },
      ["edge.requestsPerMinute", requestsPerMinute],
      ["alerting.url", "https://prometheus.example.com/alertmanager"],
    ));
    const exporter = await startExporter(work);
    const configuration = renderPrometheusConfiguration(
      {
        interval: `${String(factor)}s`,
        externalLabels: { environment: environment.name },
        scrapeConfigs: storedScrapeConfigs(environment)
          .filter(({ jobName }) => jobName === "edge" || jobName === probeJob)
          .map((config) => here(config, exporter)),
        limits: environment.prometheus.scrapeLimits,
        maxExemplars: 1,
      },
      Object.keys(ruleFilesOf(environment)).map((name) => join(work, name)),
    );
    writeFileSync(join(work, "prometheus.yml"), faster(configuration, factor));
    for (const [name, content] of Object.entries(ruleFilesOf(environment))) {
      writeFileSync(join(work, name), faster(content, factor));
    }
    const started = await startPrometheus(work);
    running.push(started.process);
    client = new PrometheusClient(started.url, pages.length + 2);
    await client.allUp(60_000);
    await traffic();
  });
  afterAll(async () => {
    await Promise.all(running.map((each) => each.stop()));
    behind.stop();
    await edge.stop();
  });

  async function startExporter(work: string): Promise<string> {
    const exporter = `127.0.0.1:${String(await freePort())}`;
    const [modules, authority] = [join(work, "blackbox.yml"), join(work, "authority.pem")];
    writeFileSync(modules, blackboxFiles(environment)[0]?.content ?? "");
    writeFileSync(authority, edge.authority);
    const process_ = new ManagedProcess({
      name: blackboxExporterProgram.name,
      command: blackboxExporterProgram.name,
      // A scrape takes a second here: half of one that is kept off by default would be too much.
      args: [`--config.file=${modules}`, `--web.listen-address=${exporter}`, "--timeout-offset=0.1"],
      env: { ...process.env, SSL_CERT_FILE: authority },
    });
    running.push(process_);
    await process_.healthy(`http://${exporter}/-/healthy`, 60_000);
    return exporter;
  }

  /** The same job where the programs of this test are. No name server leads to them: the exporter is told the hosts. */
  function here(config: ScrapeConfig, exporter: string): ScrapeConfig {
    const staticConfigs = config.staticConfigs.map((each) => {
      if (config.jobName !== probeJob) {
        return { ...each, targets: [`127.0.0.1:${String(edge.ports.metrics)}`] };
      }
      const { hostname, pathname } = new URL(each.labels?.__param_target ?? "");
      return {
        targets: [exporter],
        labels: {
          ...each.labels,
          __param_target: `https://127.0.0.1:${String(edge.ports.https)}${pathname}`,
          __param_hostname: hostname,
        },
      };
    });
    return { ...config, staticConfigs };
  }

  /** Requests that are answered in each way that a panel tells apart. */
  async function traffic(): Promise<void> {
    const statuses = [
      await edge.ask(api, "/parcels"),
      await edge.ask(grafana, "/"),
      await edge.ask(prometheus, "/alertmanager"),
      await edge.ask(prometheus, "/", { headers: loginOf("alice", "wrong") }),
      await edge.ask(prometheus, "/", { headers: loginOf("alice", passwords.alice) }),
      await edge.ask(api, "/status/503"),
      await edge.ask(api, "/parcels", { body: Buffer.alloc(11_000_000) }).catch(() => ({ status: 413 })),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 308, 401, 200, 503, 413]);
    expect(await fromElsewhere(requestsPerMinute / 4 + 20)).toBe(20);
  }

  /** How many of the requests of another client, to where a login is asked for, are beyond its limit. */
  async function fromElsewhere(count: number): Promise<number> {
    const agent = new Agent({ keepAlive: true, maxSockets: 20 });
    const one = () =>
      new Promise<number>((resolve, reject) => {
        request(
          {
            ...{ host: "127.0.0.1", localAddress: "127.0.0.2", port: edge.ports.https, path: "/" },
            ...{ servername: prometheus, ca: edge.authority, headers: { Host: prometheus }, agent },
          },
          (answer) => {
            answer.resume().on("end", () => {
              resolve(answer.statusCode ?? 0);
            });
          },
        )
          .on("error", reject)
          .end();
      });
    const all = await Promise.all(Array.from({ length: count }, one));
    agent.destroy();
    return all.filter((status) => status === 429).length;
  }

  it("exports what is catalogued, and counts each request once", async () => {
    const { families } = parseExposition(await edge.metrics(), "text");
    const own = cataloguedOf("edge")
      .filter(({ name }) => name.startsWith("caddy_"))
      .map(({ absentWhen: _, ...entry }) => entry);
    expect(own).toHaveLength(6);
    expect(own.flatMap((entry) => differences(entry, families))).toEqual([]);
    const counted = async (handler: string, code: string) => {
      const { families: now } = parseExposition(await edge.metrics(), "text");
      const samples = now.get("caddy_http_request_duration_seconds")?.samples ?? [];
      return samples
        .filter(({ name, labels }) => name.endsWith("_count") && labels.method === "PUT")
        .filter(({ labels }) => labels.handler === handler && labels.code === code)
        .reduce((sum, { value }) => sum + value, 0);
    };
    // Nobody else sends requests of this method.
    const put = async (headers: Readonly<Record<string, string>>) =>
      edge.ask(prometheus, "/", { method: "PUT", headers });
    for (const headers of [{}, {}, loginOf("alice", "wrong"), loginOf("alice", passwords.alice)]) {
      await put(headers);
    }
    expect(await counted("rate_limit", "401")).toBe(3);
    expect(await counted("rate_limit", "200")).toBe(1);
    expect(await counted("authentication", "401")).toBe(1);
  });

  it("has its pages and services asked from outside, by the answer that is right for each", async () => {
    const values = async (metric: string) =>
      Object.fromEntries(
        (await client.query(metric)).map(({ metric: { service = "" }, value }) => [service, value]),
      );
    await until(async () => Object.keys(await values("probe_success")).length === pages.length + 1);
    expect(await values("probe_http_status_code")).toEqual({
      "api-gateway": 200,
      alertmanager: 401,
      grafana: 200,
      jaeger: 200,
      prometheus: 401,
    });
    // Nobody is to see its pages without a login.
    expect(await values("probe_success")).toEqual({
      "api-gateway": 1,
      alertmanager: 1,
      grafana: 1,
      jaeger: 0,
      prometheus: 1,
    });
  });

  it("has alerts of certificates that end soon and of a page without a login, and none of refused logins", async () => {
    const watched = /^(CertificateExpires|Probe|Edge)/;
    const firing = async () =>
      (await client.alerts())
        .filter(({ state, labels }) => state === "firing" && watched.test(labels.alertname ?? ""))
        .map(({ labels }) => `${labels.alertname ?? ""} ${labels.severity ?? ""} ${labels.service ?? ""}`)
        .sort();
    const expected = [
      ...["api-gateway", ...pages].flatMap((service) =>
        ["critical", "warning"].map((severity) => `CertificateExpires ${severity} ${service}`),
      ),
      "EdgePageFailed warning jaeger",
    ].sort();
    await until(async () => (await firing()).length >= expected.length, 60_000);
    expect(await firing()).toEqual(expected);
  });

  it("has data in each query of each of its panels", async () => {
    const found = dashboardFoldersOf(environment)
      .flatMap(({ dashboards }) => dashboards)
      .find(({ uid }) => uid === "monitoring");
    const dashboard = dashboardOf(JSON.parse(JSON.stringify(found)) as object);
    const to = Date.now() / 1_000;
    const view = { from: to - 60, to, step: 1, scrapeInterval: 1 };
    const outcomes = await evaluate(dashboard, client, view);
    const ofEdge = (name: string) => /\b(edge|from outside)\b|^Configuration since/i.test(name);
    const own = outcomes.filter(({ name }) => ofEdge(name));
    expect(own).toHaveLength(18);
    const empty = ({ series, notFinite }: Outcome) => series === 0 || notFinite > 0;
    expect(own.filter(empty).map(({ name }) => name)).toEqual([]);
  });
});
