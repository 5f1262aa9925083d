import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { ManagedProcess } from "../../demo/processes";
import { faster } from "../../demo/speed/faster";
import { renderPrometheusConfiguration } from "../../constructs/docker/prometheus-configuration";
import { entriesOf } from "../../metrics/catalogue";
import { type ParsedFamily, parseExposition } from "../../metrics/contract/exposition";
import { standard } from "../../metrics/standard";
import { probeJob } from "../../metrics/targets";
import { freePort } from "../../operations/loopback-port";
import { blackboxFiles, probeScrapeConfigs } from "../../stacks/probes";
import { ruleFilesOf } from "../../stacks/system";
import { edited } from "../support/edit";
import { parseEnvironment, type Environment } from "../support/environments";
import { prod } from "../support/environments/prod";
import { differences } from "../support/catalogued";
import { ProbedServers } from "../support/probed-servers";
import { blackboxExporterProgram, prometheusProgram } from "../support/programs";
import { startPrometheus } from "../support/prometheus";
import { describeWith } from "../support/require-program";
import { temporaryFolder } from "../support/temporary-folder";
import { until } from "../support/until";

jest.setTimeout(300_000);

/** How much shorter the times of rules and scrapes are. */
const factor = 10;
const well = { status: 200, body: '{"status":"ok"}' };
const probe = { text: '"status":"ok"' };
/** Until when a certificate holds: long, or so short that both alerts tell. */
const [long, short] = [90, 5];

/** A server of each kind, by the name of the service, with how it is asked. */
async function start(servers: ProbedServers) {
  const url = (scheme: string, port: number, host = "localhost") => `${scheme}://${host}:${String(port)}`;
  const certificate = { days: long, names: "DNS:localhost" };
  const plain = url("http", await servers.answering(well));
  return {
    healthy: { publicUrl: url("https", await servers.answering(well, certificate)), probe },
    plain: { publicUrl: plain, probe },
    "ends-soon": {
      publicUrl: url("https", await servers.answering(well, { ...certificate, days: short })),
      probe,
    },
    "other-name": {
      publicUrl: url("https", await servers.answering(well, { ...certificate, names: "DNS:other.example" })),
      probe,
    },
    "other-status": { publicUrl: url("http", await servers.answering({ ...well, status: 503 })), probe },
    "allowed-status": {
      publicUrl: url("http", await servers.answering({ ...well, status: 401 })),
      probe: { ...probe, statuses: [200, 401] },
    },
    "other-text": { publicUrl: url("http", await servers.answering({ ...well, body: "Parked" })), probe },
    silent: { publicUrl: url("http", await servers.silent()), probe: { ...probe, timeout: "1s" } },
    "no-name": { publicUrl: "https://nothing.invalid", probe },
    "leaves-tls": {
      publicUrl: url(
        "https",
        await servers.answering({ status: 302, body: "", location: plain }, certificate),
      ),
      probe,
    },
    slow: { publicUrl: url("http", await servers.answering({ ...well, delayMs: 600 })), probe },
  };
}

type Name = keyof Awaited<ReturnType<typeof start>>;

describeWith(
  [blackboxExporterProgram, prometheusProgram],
  "probes from outside, by the blackbox exporter",
  () => {
    const folder = temporaryFolder();
    const running: ManagedProcess[] = [];
    let servers: ProbedServers;
    let environment: Environment;
    let exporter: string;

    beforeAll(async () => {
      const work = folder();
      servers = new ProbedServers(work);
      const services = Object.entries(await start(servers)).map(([name, asked]) => ({
        name,
        port: 80,
        ...asked,
      }));
      environment = parseEnvironment(
        edited(
          prod,
          ["services", services],
          ["blackboxExporter", {}],
          ["alerting.thresholds", { probeDuration: 0.4 }],
        ),
        "prod.ts",
      );
      exporter = `127.0.0.1:${String(await freePort())}`;
      const [file] = blackboxFiles(environment);
      writeFileSync(join(work, "blackbox.yml"), file?.content ?? "");
      const process_ = new ManagedProcess({
        name: blackboxExporterProgram.name,
        command: blackboxExporterProgram.name,
        args: [`--config.file=${join(work, "blackbox.yml")}`, `--web.listen-address=${exporter}`],
        env: { ...process.env, SSL_CERT_FILE: servers.authority },
      });
      running.push(process_);
      await process_.healthy(`http://${exporter}/-/healthy`, 60_000);
    });

    afterAll(async () => {
      await Promise.all(running.map((each) => each.stop()));
      servers.stop();
    });

    /** What the exporter says of a service's URL, asked as Prometheus is told to. */
    async function probed(name: Name): Promise<ReadonlyMap<string, ParsedFamily>> {
      const labels = probeScrapeConfigs(environment)
        .flatMap(({ staticConfigs }) => staticConfigs)
        .find((config) => config.labels?.service === name)?.labels;
      const { __param_target: target = "", __param_module: module = "" } = labels ?? {};
      const answer = await fetch(
        `http://${exporter}/probe?${new URLSearchParams({ target, module }).toString()}`,
      );
      return parseExposition(await answer.text(), "text").families;
    }

    /** The values of a metric of it, by phase where it has phases. */
    function valuesOf(families: ReadonlyMap<string, ParsedFamily>, metric: string): Record<string, number> {
      const samples = families.get(metric)?.samples ?? [];
      return Object.fromEntries(samples.map(({ labels, value }) => [labels.phase ?? "", value]));
    }

    it.each<[Name, Readonly<Record<string, number>>]>([
      ["healthy", { probe_success: 1, probe_http_status_code: 200 }],
      ["plain", { probe_success: 1, probe_http_status_code: 200 }],
      ["ends-soon", { probe_success: 1, probe_http_status_code: 200 }],
      ["other-name", { probe_success: 0, probe_http_status_code: 0 }],
      ["other-status", { probe_success: 0, probe_http_status_code: 503, probe_failed_due_to_regex: 0 }],
      ["allowed-status", { probe_success: 1, probe_http_status_code: 401 }],
      ["other-text", { probe_success: 0, probe_http_status_code: 200, probe_failed_due_to_regex: 1 }],
      ["silent", { probe_success: 0, probe_http_status_code: 0 }],
      ["no-name", { probe_success: 0, probe_http_status_code: 0 }],
      ["leaves-tls", { probe_success: 0, probe_http_status_code: 200 }],
      ["slow", { probe_success: 1, probe_http_status_code: 200 }],
    ])("see of %s what is so", async (name, expected) => {
      const families = await probed(name);
      const found = Object.keys(expected).map((metric) => [metric, valuesOf(families, metric)[""]]);
      expect(Object.fromEntries(found)).toEqual(expected);
    });

    it("tell by the phases how far they came", async () => {
      const phases = async (name: Name) => valuesOf(await probed(name), "probe_http_duration_seconds");
      expect(Object.keys(await phases("no-name"))).toEqual(["resolve"]);
      expect(await phases("other-name")).toMatchObject({ tls: 0, processing: 0 });
      const silent = await phases("silent");
      expect(silent.connect).toBeGreaterThan(0);
      const { "": took } = valuesOf(await probed("silent"), "probe_duration_seconds");
      expect(took).toBeGreaterThan(0.9);
      expect(took).toBeLessThan(3);
    });

    it("know when a certificate ends, of none that they refuse", async () => {
      const endsIn = async (name: Name) => {
        const { "": at } = valuesOf(await probed(name), "probe_ssl_earliest_cert_expiry");
        return at === undefined ? undefined : Math.round((at - Date.now() / 1_000) / 86_400);
      };
      expect([await endsIn("healthy"), await endsIn("ends-soon")]).toEqual([long, short]);
      expect([await endsIn("other-name"), await endsIn("plain")]).toEqual([undefined, undefined]);
    });

    it.each<[Name]>([["healthy"], ["other-name"], ["no-name"], ["silent"]])(
      "export of %s what is catalogued",
      async (name) => {
        const own = entriesOf(standard).filter(({ exportedBy }) => exportedBy.includes(probeJob));
        expect(own).toHaveLength(7);
        const families = await probed(name);
        expect(own.flatMap((entry) => differences(entry, families))).toEqual([]);
      },
    );

    it("are scraped as the configuration says, and fire the alerts that they should, and no other", async () => {
      const work = folder();
      const configuration = renderPrometheusConfiguration(
        {
          interval: environment.prometheus.scrapeInterval,
          externalLabels: { environment: environment.name },
          scrapeConfigs: probeScrapeConfigs(environment),
          limits: environment.prometheus.scrapeLimits,
          maxExemplars: 1,
        },
        [join(work, "services.yml")],
      );
      const here = configuration.replaceAll("blackbox-exporter.management:9115", exporter);
      expect(here).not.toBe(configuration);
      writeFileSync(join(work, "prometheus.yml"), faster(here, factor));
      writeFileSync(
        join(work, "services.yml"),
        faster(ruleFilesOf(environment)["services.yml"] ?? "", factor),
      );
      // No probe can have failed before.
      const started = Date.now();
      const { process: prometheus, url } = await startPrometheus(work);
      running.push(prometheus);
      const client = new PrometheusClient(url, environment.services.length);
      const series = await client.allUp(60_000).then(() => client.query("probe_success"));
      expect(series.map(({ metric }) => metric.instance).sort()).toEqual(
        environment.services.map(({ publicUrl }) => publicUrl).sort(),
      );
      const [{ metric } = { metric: {} }] = series;
      expect(Object.keys(metric).sort()).toEqual(["__name__", "environment", "instance", "job", "service"]);

      const failed = ["other-name", "other-status", "other-text", "silent", "no-name", "leaves-tls"];
      const expected = [
        ...failed.map((name) => `ProbeFailed critical ${name}`),
        "CertificateExpires warning ends-soon",
        "CertificateExpires critical ends-soon",
        "ProbeSlow warning slow",
      ].sort();
      const firing = async () =>
        (await client.alerts())
          .filter(({ state, labels }) => state === "firing" && labels.severity !== "none")
          .map(({ labels }) => `${labels.alertname ?? ""} ${labels.severity ?? ""} ${labels.service ?? ""}`)
          .sort();
      const came = new Map<string, number>();
      await until(async () => {
        for (const alert of await firing()) if (!came.has(alert)) came.set(alert, Date.now() - started);
        return came.size >= expected.length;
      }, 240_000);
      expect(await firing()).toEqual(expected);
      // Not before their time, on a clock that runs faster.
      for (const name of failed)
        expect(came.get(`ProbeFailed critical ${name}`)).toBeGreaterThan(180_000 / factor - 2_000);
    });
  },
);
