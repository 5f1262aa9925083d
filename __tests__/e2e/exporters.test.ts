import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ManagedProcess } from "../../demo/processes";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { entriesOf } from "../../metrics/catalogue";
import type { Need } from "../../metrics/needs";
import { standard } from "../../metrics/standard";
import { everyTarget } from "../../metrics/targets";
import { freePort, freePorts } from "../../operations/loopback-port";
import { TestAlertmanager } from "../support/alertmanager";
import { cataloguedOf, differences, exposedBy } from "../support/catalogued";
import { startPrometheus } from "../support/prometheus";
import {
  alertmanagerProgram,
  blackboxExporterProgram,
  nodeExporterProgram,
  prometheusProgram,
} from "../support/programs";
import { describeWith } from "../support/require-program";
import { temporaryFolder } from "../support/temporary-folder";
import { until } from "../support/until";

const programs = [prometheusProgram, nodeExporterProgram, alertmanagerProgram, blackboxExporterProgram];

jest.setTimeout(120_000);

/** With one Alertmanager and without remote write, and with all that metrics of these programs need. */
const environments = {
  "with the least": ["prometheus-server"],
  "with everything": ["prometheus-server", "second-alertmanager", "remote-write"],
} as const satisfies Readonly<Record<string, readonly Need[]>>;
type Name = keyof typeof environments;

describeWith(programs, "what real programs export", () => {
  const folder = temporaryFolder();
  const running: { stop(): Promise<unknown> }[] = [];
  const urls: Record<Name, { prometheus: string; alertmanager: string }> = {
    "with the least": { prometheus: "", alertmanager: "" },
    "with everything": { prometheus: "", alertmanager: "" },
  };
  let nodeExporter: string;
  let blackboxExporter: string;

  beforeAll(async () => {
    nodeExporter = await exporter("node-exporter", nodeExporterProgram.name);
    const modules = join(folder(), "blackbox.yml");
    writeFileSync(modules, JSON.stringify({ modules: { http: { prober: "http" } } }));
    blackboxExporter = await exporter(
      "blackbox-exporter",
      blackboxExporterProgram.name,
      `--config.file=${modules}`,
    );
    const [one = 0, other = 0] = await freePorts(2);
    const [single, first, second] = await Promise.all([
      alertmanager(),
      alertmanager([one, other]),
      alertmanager([other, one]),
    ]);
    const receiver = await prometheus({ alertmanagers: [single] }, ["--web.enable-remote-write-receiver"]);
    const sender = await prometheus({
      alertmanagers: [first, second],
      remoteWrite: [{ name: "elsewhere", url: `${receiver}/api/v1/write` }],
    });
    urls["with the least"] = { prometheus: receiver, alertmanager: single };
    urls["with everything"] = { prometheus: sender, alertmanager: first };
    // The last to come: alerts that were sent, and samples that are elsewhere.
    for (const { prometheus: url, alertmanager: told } of Object.values(urls)) {
      await until(async () => (await exposedBy(url)).has("prometheus_notifications_sent_total"), 60_000);
      const alerts = async () => (await exposedBy(told)).get("alertmanager_alerts")?.samples ?? [];
      await until(async () => (await alerts()).length > 0, 60_000);
    }
    await until(async () => (await query(receiver, 'up{from="sender"}')).length > 0, 60_000);
  });

  afterAll(async () => {
    await Promise.all(running.map((program) => program.stop()));
  });

  const cases = Object.entries(environments).flatMap(([name, given]) =>
    (["prometheus", "alertmanager"] as const).map((job) => ({ job, name: name as Name, given })),
  );

  it.each(cases)("of $job $name is as catalogued", async ({ job, name, given }) => {
    const families = await exposedBy(urls[name][job]);
    const own = cataloguedOf(job);
    expect(own.length).toBeGreaterThan(15);
    expect(own.flatMap((entry) => differences(entry, families, given))).toEqual([]);
  });

  it("of Prometheus as an agent is as catalogued", async () => {
    const families = await exposedBy(await agent(`${urls["with the least"].prometheus}/api/v1/write`));
    const found = cataloguedOf("prometheus").flatMap((entry) =>
      differences(entry, families, ["prometheus-agents", "remote-write"]),
    );
    // They are 0, whatever happens: an agent tells of no alert.
    expect(found).toEqual([
      "prometheus_notifications_alertmanagers_discovered is there without prometheus-server",
      "prometheus_notifications_queue_capacity is there without prometheus-server",
    ]);
  });

  it("of the blackbox exporter itself is as catalogued", async () => {
    const families = await exposedBy(blackboxExporter);
    const own = cataloguedOf("blackbox-exporter");
    expect(own.length).toBeGreaterThan(0);
    expect(own.flatMap((entry) => differences(entry, families))).toEqual([]);
  });

  it("of node-exporter is as catalogued", async () => {
    const families = await exposedBy(nodeExporter);
    const own = cataloguedOf("node-exporter");
    expect(own.length).toBeGreaterThan(50);
    expect(own.flatMap((entry) => differences(entry, families))).toEqual([]);
  });

  it("of each target, and of alerts, is what Prometheus stores", async () => {
    const stored = entriesOf(standard).filter(
      ({ name, exportedBy }) => exportedBy.includes(everyTarget) || name.startsWith("ALERTS"),
    );
    expect(stored).toHaveLength(7);
    for (const { name, labels } of stored) {
      const [series] = await query(urls["with the least"].prometheus, `${name}{from=""}`);
      expect(Object.keys(series ?? {})).toEqual(expect.arrayContaining(["__name__", ...Object.keys(labels)]));
    }
  });

  it("says of two Alertmanagers whether they are one", async () => {
    const valueOf = async (metric: string) => {
      const families = await exposedBy(urls["with everything"].alertmanager);
      return families.get(metric)?.samples.map(({ value }) => value);
    };
    await until(async () => (await valueOf("alertmanager_cluster_members"))?.[0] === 2, 60_000);
    expect(await valueOf("alertmanager_cluster_failed_peers")).toEqual([0]);
  });

  it("says of samples that are sent elsewhere how late they are", async () => {
    const { prometheus: url } = urls["with everything"];
    const lag = async () => {
      const families = await exposedBy(url);
      const [taken, sent] = ["queue_highest_timestamp", "queue_highest_sent_timestamp"].map(
        (name) => families.get(`prometheus_remote_storage_${name}_seconds`)?.samples[0]?.value ?? NaN,
      );
      return (taken ?? NaN) - (sent ?? NaN);
    };
    await until(async () => (await lag()) < 60, 60_000);
  });

  it("would be told from what is not so", async () => {
    const families = await exposedBy(nodeExporter);
    const load = cataloguedOf("node-exporter").find(({ name }) => name === "node_load1");
    if (load === undefined) throw new Error("node_load1 is not catalogued.");
    expect(differences({ ...load, name: "node_load2" }, families)).toEqual(["node_load2 is not there"]);
    expect(differences({ ...load, type: "counter" }, families)).toEqual([
      "node_load1 is a gauge, not a counter",
    ]);
    expect(differences({ ...load, labels: { cpu: { kind: "open" } } }, families)).toEqual([
      "node_load1 has the labels , not cpu",
    ]);
    expect(differences({ ...load, onlyWith: "remote-write" }, families)).toEqual([
      "node_load1 is there without remote-write",
    ]);
  });

  async function exporter(name: string, command: string, ...args: string[]): Promise<string> {
    const address = `127.0.0.1:${String(await freePort())}`;
    const program = new ManagedProcess({ name, command, args: [...args, `--web.listen-address=${address}`] });
    running.push(program);
    await program.healthy(`http://${address}`, 60_000);
    return `http://${address}`;
  }

  async function alertmanager(cluster?: readonly [listen: number, peer: number]): Promise<string> {
    const [listen, peer] = (cluster ?? []).map((port) => `127.0.0.1:${String(port)}`);
    const started = await TestAlertmanager.start({
      files: {
        "/etc/alertmanager/alertmanager.yml": JSON.stringify({
          route: { receiver: "nobody" },
          receivers: [{ name: "nobody" }],
        }),
      },
      ...(listen !== undefined && peer !== undefined && { cluster: { listen, peer } }),
    });
    running.push(started);
    return started.url;
  }

  /** One that scrapes the host every second, and fires an alert. */
  async function prometheus(
    of: {
      readonly alertmanagers: readonly string[];
      readonly remoteWrite?: readonly { readonly name: string; readonly url: string }[];
    },
    flags: readonly string[] = [],
  ): Promise<string> {
    const { alertmanagers, remoteWrite = [] } = of;
    const directory = join(folder(), "prometheus");
    mkdirSync(directory);
    const watchdog = { alert: "Watchdog", expr: "vector(1)", labels: { severity: "none" } };
    const file = (name: string, content: unknown) => {
      writeFileSync(join(directory, name), JSON.stringify(content));
    };
    file("rules.yml", { groups: [{ name: "watchdog", rules: [watchdog] }] });
    file("prometheus.yml", {
      global: {
        scrape_interval: "1s",
        evaluation_interval: "1s",
        ...(remoteWrite.length > 0 && { external_labels: { from: "sender" } }),
      },
      rule_files: ["rules.yml"],
      alerting: {
        alertmanagers: [{ static_configs: [{ targets: alertmanagers.map((url) => new URL(url).host) }] }],
      },
      scrape_configs: [
        { job_name: "node-exporter", static_configs: [{ targets: [new URL(nodeExporter).host] }] },
      ],
      remote_write: remoteWrite,
    });
    const { process, url } = await startPrometheus(directory, flags);
    running.push(process);
    return url;
  }

  /** One that scrapes the host every second as an agent, and has written of it. */
  async function agent(url: string): Promise<string> {
    const directory = join(folder(), "agent");
    mkdirSync(directory);
    const configuration = {
      global: { scrape_interval: "1s", external_labels: { from: "agent" } },
      scrape_configs: [
        { job_name: "node-exporter", static_configs: [{ targets: [new URL(nodeExporter).host] }] },
      ],
      remote_write: [{ name: "workspace", url }],
    };
    const file = join(directory, "prometheus.yml");
    writeFileSync(file, JSON.stringify(configuration));
    const data = `--storage.agent.path=${join(directory, "data")}`;
    const listen = `127.0.0.1:${String(await freePort())}`;
    const args = ["--agent", `--config.file=${file}`, data, `--web.listen-address=${listen}`];
    const program = new ManagedProcess({ name: "prometheus-agent", command: "prometheus", args });
    running.push(program);
    await program.healthy(`http://${listen}/-/ready`, 60_000);
    const { prometheus: receiver } = urls["with the least"];
    await until(async () => (await query(receiver, 'up{from="agent"}')).length > 0, 60_000);
    return `http://${listen}`;
  }

  async function query(url: string, promql: string): Promise<readonly Readonly<Record<string, string>>[]> {
    return (await new PrometheusClient(url).query(promql)).map(({ metric }) => metric);
  }
});
