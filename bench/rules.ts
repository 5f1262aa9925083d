/**
 * What evaluating the rules costs a real Prometheus: 100 services that export 15,000 series together. The durations of the groups' last evaluations, each weighed by how often it is evaluated, against the
 * evaluation interval. Samples are those of the run: longer windows than it read no more than that.
 */
import { createServer } from "node:http";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../operations/loopback-port";
import { ManagedProcess } from "../demo/processes";
import { verdict } from "./measure";
import { benchRuleFiles } from "./rule-files";
import { exposition } from "./exposition";

const intervalSeconds = 15;
const minutes = Number(process.argv[2] ?? 4);
const services = Array.from({ length: 100 }, (_, index) => `service-${String(index + 1).padStart(3, "0")}`);
/** Those of five routes. */
const seriesPerService = 150;
const started = Date.now();

void main();

async function main(): Promise<void> {
  const exporter = createServer((_, response) => {
    const text = exposition(seriesPerService, (Date.now() - started) / 1_000);
    response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end(text);
  });
  await new Promise<void>((resolve) => exporter.listen(0, "127.0.0.1", resolve));
  const { port: exporterPort } = exporter.address() as AddressInfo;
  const folder = mkdtempSync(join(tmpdir(), "bench-rules-"));
  const port = await freePort();
  writeConfiguration(folder, `127.0.0.1:${String(exporterPort)}`, `127.0.0.1:${String(port)}`);
  const prometheus = new ManagedProcess({
    name: "prometheus",
    command: "prometheus",
    args: [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${String(port)}`,
    ],
  });
  const url = `http://127.0.0.1:${String(port)}`;
  try {
    await prometheus.healthy(`${url}/-/ready`, 60_000);
    for (let done = 0; done < minutes * 2; done += 1) {
      await sleep(30_000);
      process.stderr.write(`\r${String((done + 1) / 2)} of ${String(minutes)} minutes`);
    }
    process.stderr.write("\n");
    await report(url);
  } finally {
    await prometheus.stop();
    exporter.close();
    exporter.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function report(url: string): Promise<void> {
  const series = await value(url, 'count({job=~"service-.*", __name__!~".*:.*|up|scrape_.*"})');
  const rules = await value(url, "sum(prometheus_rule_group_rules)");
  const failures = await value(url, "sum(prometheus_rule_evaluation_failures_total)");
  const missed = await value(url, "sum(prometheus_rule_group_iterations_missed_total)");
  const seconds = await value(url, "sum(prometheus_rule_group_last_duration_seconds)");
  const share = await value(
    url,
    "sum(prometheus_rule_group_last_duration_seconds / prometheus_rule_group_interval_seconds)",
  );
  console.log(`services ${String(services.length)}, their series ${String(series)}, rules ${String(rules)}`);
  console.log(`failed evaluations ${String(failures)}, missed ${String(missed)}`);
  console.log(`all groups once: ${seconds.toFixed(3)} s; evaluation interval ${String(intervalSeconds)} s`);
  console.log(verdict("evaluation, of the interval", share, 0.1));
  if (series < 10_000 || failures > 0 || share > 0.1) process.exitCode = 1;
}

async function value(url: string, query: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`);
  const { data } = (await response.json()) as { data: { result: { value: [number, string] }[] } };
  return Number(data.result[0]?.value[1] ?? NaN);
}

function writeConfiguration(folder: string, target: string, own: string): void {
  const rules = join(folder, "rules");
  mkdirSync(rules);
  const files = benchRuleFiles(services, intervalSeconds);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(rules, name), text);
  const configuration = {
    global: {
      scrape_interval: `${String(intervalSeconds)}s`,
      evaluation_interval: `${String(intervalSeconds)}s`,
    },
    rule_files: [join(rules, "*.yml")],
    scrape_configs: [
      { job_name: "prometheus", static_configs: [{ targets: [own] }] },
      ...services.map((service) => ({
        job_name: service,
        metrics_path: `/${service}`,
        static_configs: [{ targets: [target], labels: { service } }],
      })),
    ],
  };
  writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(configuration)); // JSON is YAML
}
