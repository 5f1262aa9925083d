import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { groupsIn, TestCortex } from "../../__tests__/support/cortex";
import {
  renderAgentConfiguration,
  workspaceQueue,
} from "../../constructs/docker/prometheus-agent-configuration";
import {
  type PrometheusConfiguration,
  renderPrometheusConfiguration,
  type ScrapeConfig,
} from "../../constructs/docker/prometheus-configuration";
import { ManagedProcess } from "../../demo/processes";
import { freePort } from "../../operations/loopback-port";
import { benchRuleFiles } from "../rule-files";
import type { Size } from "./size";
import { TimedClient } from "./timed-client";

/** Seconds between scrapes, as deployed. */
export const scrapeSeconds = 15;
/** Seconds between two evaluations of a group that says none: what a workspace takes at the least. */
export const evaluationSeconds = 30;

/** An engine that watches the services of the benchmark. */
export interface Engine {
  /** Asks for what it has. */
  readonly client: TimedClient;
  /** Where its programs say what they use, by name. */
  readonly metrics: Readonly<Record<string, string>>;
  /** Where it says how long its groups of rules take. */
  readonly rules: { readonly url: string; readonly metric: string };
  stop(): Promise<void>;
}

/** One Prometheus, which scrapes, keeps and evaluates. */
export async function startHost(folder: string, size: Size, targetsPort: number): Promise<Engine> {
  const rules = join(folder, "rules");
  mkdirSync(rules, { recursive: true });
  for (const [name, text] of Object.entries(rulesOf(size))) writeFileSync(join(rules, name), text);
  const written = renderPrometheusConfiguration(scraping(size, targetsPort), [join(rules, "*.yml")]);
  const { url, program } = await startPrometheus(folder, withEvaluation(written), [
    `--storage.tsdb.path=${join(folder, "data")}`,
  ]);
  return {
    client: new TimedClient(url),
    metrics: { prometheus: `${url}/metrics` },
    rules: { url: `${url}/metrics`, metric: "prometheus_rule_group_last_duration_seconds" },
    stop: async () => {
      await program.stop(60_000);
    },
  };
}

/** An agent as an environment with a workspace has it, and a real Cortex in which the same rules are. */
export async function startWorkspace(folder: string, size: Size, targetsPort: number): Promise<Engine> {
  const data = join(folder, "cortex");
  mkdirSync(data, { recursive: true });
  // What a workspace takes by default is not what is measured.
  const limits = {
    ...{ ingestion_rate: 1e6, ingestion_burst_size: 1e7, max_series_per_metric: 0, max_series_per_user: 0 },
    ...{ max_fetched_chunks_per_query: 0, out_of_order_time_window: "0s" },
  };
  const cortex = await TestCortex.start(data, {
    evaluationInterval: `${String(evaluationSeconds)}s`,
    limits,
  });
  try {
    for (const [name, text] of Object.entries(rulesOf(size))) {
      await cortex.putRules(name.replace(/\.yml$/, ""), groupsIn(text));
    }
    const written = renderAgentConfiguration({
      ...scraping(size, targetsPort),
      remoteWrite: [{ name: "workspace", url: cortex.writeUrl, queue: workspaceQueue }],
    });
    const { url, program } = await startPrometheus(folder, written, [
      "--agent",
      `--storage.agent.path=${join(folder, "agent")}`,
    ]);
    return {
      client: new TimedClient(cortex.queryUrl),
      metrics: { agent: `${url}/metrics`, cortex: `${cortex.url}/metrics` },
      rules: { url: `${cortex.url}/metrics`, metric: "cortex_prometheus_rule_group_last_duration_seconds" },
      stop: async () => {
        await program.stop(60_000);
        await cortex.stop();
      },
    };
  } catch (error) {
    await cortex.stop();
    throw error;
  }
}

async function startPrometheus(folder: string, configuration: string, args: readonly string[]) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "prometheus.yml");
  writeFileSync(file, configuration);
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const program = new ManagedProcess({
    name: "prometheus",
    command: "prometheus",
    args: [`--config.file=${file}`, `--web.listen-address=127.0.0.1:${String(port)}`, ...args],
  });
  await program.healthy(`${url}/-/ready`, 60_000);
  return { url, program };
}

function namesOf({ services }: Size): string[] {
  return Array.from({ length: services }, (_, index) => `service-${String(index + 1).padStart(4, "0")}`);
}

function rulesOf(size: Size): Record<string, string> {
  return benchRuleFiles(namesOf(size), scrapeSeconds);
}

function scraping(size: Size, targetsPort: number): PrometheusConfiguration {
  const target = `127.0.0.1:${String(targetsPort)}`;
  return {
    interval: `${String(scrapeSeconds)}s`,
    externalLabels: {},
    scrapeConfigs: namesOf(size).map((service): ScrapeConfig => ({
      jobName: service,
      metricsPath: `/${service}`,
      staticConfigs: [{ targets: [target], labels: { service } }],
    })),
    limits: { body: "1GB", samples: 1_000_000, labels: 64, labelName: 256, labelValue: 1_024 },
    maxExemplars: 100_000,
  };
}

/** Both evaluate the same work as often. */
function withEvaluation(configuration: string): string {
  const read = parse(configuration) as { readonly global: object };
  return stringify({
    ...read,
    global: { ...read.global, evaluation_interval: `${String(evaluationSeconds)}s` },
  });
}
