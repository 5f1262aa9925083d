import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ParsedFamily, parseExposition } from "../../metrics/contract/exposition";
import { entriesOf, type CatalogueEntry } from "../../metrics/catalogue";
import { standard } from "../../metrics/standard";
import type { ExporterJob } from "../../metrics/exporters";
import { everyTarget } from "../../metrics/targets";

const entries = entriesOf(standard);
import { alertmanagerProgram, nodeExporterProgram, prometheusProgram } from "../support/programs";
import { describeWith } from "../support/require-program";
import { until } from "../support/until";

const programs = [prometheusProgram, nodeExporterProgram, alertmanagerProgram];

/** Where what a program exposes is not what the catalogue says; empty where all agrees. */
function differences(entry: CatalogueEntry, families: ReadonlyMap<string, ParsedFamily>): string[] {
  const family = families.get(entry.name);
  if (family === undefined) return entry.absentWhen === undefined ? [`${entry.name} is not there`] : [];
  // `le` and `quantile` come with the type.
  const series = family.samples.map(({ labels: { le: _le, quantile: _quantile, ...own } }) => own);
  const type = entry.announcedAs ?? entry.type;
  const wanted = Object.keys(entry.labels);
  return [
    ...(family.type === type ? [] : [`${entry.name} is a ${family.type}, not a ${type}`]),
    ...series.flatMap((labels) => {
      const found = Object.keys(labels).sort().join();
      return found === [...wanted].sort().join()
        ? []
        : [`${entry.name} has the labels ${found}, not ${wanted.join()}`];
    }),
    ...series.flatMap((labels) =>
      Object.entries(labels).flatMap(([label, value]) => {
        const spec = entry.labels[label];
        return spec?.kind === "oneOf" && !spec.values.includes(value)
          ? [`${entry.name}{${label}="${value}"}`]
          : [];
      }),
    ),
  ];
}

describeWith(programs, "what real programs export", () => {
  const directory = mkdtempSync(join(tmpdir(), "exporters-"));
  const children: ChildProcess[] = [];
  const addresses = new Map<ExporterJob, string>();

  beforeAll(async () => {
    for (const job of ["prometheus", "alertmanager", "node-exporter"] as const) {
      addresses.set(job, `127.0.0.1:${String(await freePort())}`);
    }
    const file = (name: string, content: unknown) => {
      writeFileSync(join(directory, name), JSON.stringify(content));
      return join(directory, name);
    };
    const rules = file("rules.yml", {
      groups: [
        { name: "watchdog", rules: [{ alert: "Watchdog", expr: "vector(1)", labels: { severity: "none" } }] },
      ],
    });
    const targets = (job: ExporterJob) => [{ targets: [addresses.get(job)] }];
    const configuration = file("prometheus.yml", {
      global: { scrape_interval: "1s", evaluation_interval: "1s" },
      rule_files: [rules],
      alerting: { alertmanagers: [{ static_configs: targets("alertmanager") }] },
      scrape_configs: [{ job_name: "prometheus", static_configs: targets("prometheus") }],
    });
    const routes = file("alertmanager.yml", {
      route: { receiver: "nobody" },
      receivers: [{ name: "nobody" }],
    });
    const listen = (job: ExporterJob) => `--web.listen-address=${addresses.get(job) ?? ""}`;
    start(nodeExporterProgram.name, listen("node-exporter"));
    const storage = (name: string) => `=${join(directory, name)}`;
    start(
      alertmanagerProgram.name,
      `--config.file=${routes}`,
      `--storage.path${storage("am")}`,
      "--cluster.listen-address=",
      listen("alertmanager"),
    );
    start(
      "prometheus",
      `--config.file=${configuration}`,
      `--storage.tsdb.path${storage("tsdb")}`,
      listen("prometheus"),
    );
    // The last to come: an alert that was sent.
    await comesTo(async () => (await exposed("prometheus")).has("prometheus_notifications_sent_total"));
    await comesTo(
      async () => ((await exposed("alertmanager")).get("alertmanager_alerts")?.samples.length ?? 0) > 0,
    );
    await comesTo(async () => (await exposed("node-exporter")).size > 0);
    await comesTo(async () => (await query("up")).length > 0);
  });

  afterAll(async () => {
    await Promise.all(
      children.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = new Promise((resolve) => child.once("exit", resolve));
        child.kill();
        await gone;
      }),
    );
    rmSync(directory, { recursive: true });
  });

  it.each(["node-exporter", "prometheus", "alertmanager"] as const)("of %s is as catalogued", async (job) => {
    const families = await exposed(job);
    // Prometheus stores these two itself.
    const own = entries.filter(
      ({ name, exportedBy }) => exportedBy.includes(job) && !name.startsWith("ALERTS"),
    );
    expect(own.length).toBeGreaterThan(15);
    expect(own.flatMap((entry) => differences(entry, families))).toEqual([]);
  });

  it("of each target, and of alerts, is what Prometheus stores", async () => {
    const stored = entries.filter(
      ({ name, exportedBy }) => exportedBy.includes(everyTarget) || name.startsWith("ALERTS"),
    );
    expect(stored).toHaveLength(7);
    for (const { name, labels } of stored) {
      const [series] = await query(name);
      expect(Object.keys(series ?? {})).toEqual(expect.arrayContaining(["__name__", ...Object.keys(labels)]));
    }
  });

  it("would be told from what is not so", async () => {
    const families = await exposed("node-exporter");
    const load = entries.find(({ name }) => name === "node_load1");
    if (load === undefined) throw new Error("node_load1 is not catalogued.");
    expect(differences({ ...load, name: "node_load2" }, families)).toEqual(["node_load2 is not there"]);
    expect(differences({ ...load, type: "counter" }, families)).toEqual([
      "node_load1 is a gauge, not a counter",
    ]);
    expect(differences({ ...load, labels: { cpu: { kind: "open" } } }, families)).toEqual([
      "node_load1 has the labels , not cpu",
    ]);
  });

  function start(program: string, ...args: string[]): void {
    children.push(spawn(program, args, { stdio: "ignore" }));
  }

  async function exposed(job: ExporterJob): Promise<ReadonlyMap<string, ParsedFamily>> {
    const body = await (await fetch(`http://${addresses.get(job) ?? ""}/metrics`)).text();
    return parseExposition(body, "text").families;
  }

  async function query(promql: string): Promise<readonly Readonly<Record<string, string>>[]> {
    const url = `http://${addresses.get("prometheus") ?? ""}/api/v1/query?query=${encodeURIComponent(promql)}`;
    const answer = (await (await fetch(url)).json()) as {
      data: { result: { metric: Record<string, string> }[] };
    };
    return answer.data.result.map(({ metric }) => metric);
  }
});

/** A program that does not listen yet is one that has to be waited for. */
function comesTo(condition: () => Promise<boolean>): Promise<void> {
  return until(() => condition().catch(() => false), 60_000);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") reject(new Error("No port was given."));
        else resolve(address.port);
      });
    });
  });
}
