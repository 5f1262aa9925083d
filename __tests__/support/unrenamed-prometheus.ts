import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { type Container, readContainers } from "../../demo/containers";
import type { Demo } from "../../demo/demo";
import type { ManagedProcess } from "../../demo/processes";
import { faster } from "../../demo/speed/faster";
import { speedUp } from "../../demo/speed/speed-up";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { ruleFilesOf } from "../../stacks/system";
import { startPrometheus } from "./prometheus";

interface PrometheusFile {
  alerting?: unknown;
  rule_files: string[];
  scrape_configs: { job_name: string; metric_relabel_configs?: unknown }[];
}

/**
 * Starts a Prometheus beside that of a demo, as these sources deploy it: it scrapes the same targets, and has the rules and
 * what is stored of here, whatever version of them the demo was started with. It tells no Alertmanager.
 * @param outdir what a synth of these sources has written for the demo's environment
 * @param folder for its configuration and its data
 */
export async function startUnrenamed(
  demo: Demo,
  outdir: string,
  folder: string,
): Promise<{ readonly process: ManagedProcess; readonly client: PrometheusClient }> {
  const here = fileOf(readContainers(outdir));
  const file = parse(
    readFileSync(join(demo.folder, "containers/prometheus/etc/prometheus/prometheus.yml"), "utf8"),
  ) as PrometheusFile;
  delete file.alerting;
  file.rule_files = [join(folder, "rules", "*.yml")];
  for (const scrape of file.scrape_configs) {
    const own = here.scrape_configs.find(({ job_name }) => job_name === scrape.job_name);
    if (own === undefined) throw new Error(`These sources scrape no job ${scrape.job_name}.`);
    scrape.metric_relabel_configs = own.metric_relabel_configs ?? [];
  }
  mkdirSync(join(folder, "rules"), { recursive: true });
  writeFileSync(join(folder, "prometheus.yml"), stringify(file), { mode: 0o600 });
  for (const [name, text] of Object.entries(ruleFilesOf(demo.environment))) {
    writeFileSync(join(folder, "rules", name), faster(text, demo.speed));
  }
  const { flags } = speedUp(demo.speed, demo.environment);
  const given = Object.entries(flags.prometheus ?? {}).map(([name, value]) => `--${name}=${value}`);
  const { process, url } = await startPrometheus(folder, given);
  const targets = (await demo.prometheus?.targets())?.length ?? 1;
  return { process, client: new PrometheusClient(url, targets) };
}

function fileOf(containers: readonly Container[]): PrometheusFile {
  const files = containers.find(({ name }) => name === "prometheus")?.files ?? {};
  const text = Object.entries(files).find(([path]) => path.endsWith("/prometheus.yml"))?.[1];
  if (text === undefined) throw new Error("There is no prometheus.yml.");
  return parse(text) as PrometheusFile;
}
