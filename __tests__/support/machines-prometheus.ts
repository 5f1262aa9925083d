import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordingRules } from "../../alerts/recording";
import { renderRuleFile } from "../../alerts/rule-files";
import { ManagedProcess } from "../../demo/processes";
import { filesystemUsed, hostCpu, hostMemory } from "../../metrics/recorded";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { freePort } from "../../operations/loopback-port";
import { toldSeries, writeMachines } from "./machines-history";
import { startPrometheus } from "./prometheus";
import { nodeExporterProgram } from "./programs";
import { ruleSettings } from "./rule-settings";
import { until } from "./until";
import type { Span } from "./written";

/** What a query cost Prometheus. */
export interface QueryCost {
  /** In its engine. */
  readonly seconds: number;
  /** Greatest number of samples in memory at once: what `query.max-samples` bounds. */
  readonly peakSamples: number;
}

interface Stats {
  readonly timings: { readonly execTotalTime: number };
  readonly samples: { readonly peakSamples: number };
}

/** A Prometheus that has watched machines for some hours, and says what each query cost it. */
export class MachinesPrometheus extends PrometheusClient {
  /** Of the queries since this was emptied, in their order. */
  readonly costs: QueryCost[] = [];

  private constructor(
    url: string,
    private readonly process: ManagedProcess,
    /** The time that it has watched. */
    readonly span: Span,
    /** How many it has of what the machines told. */
    readonly samples: number,
  ) {
    super(url);
  }

  /**
   * @param folder for its data
   * @param exposition what the node-exporter of one machine told
   * @param asked names of its metrics that are asked for
   */
  static async start(
    folder: string,
    exposition: string,
    asked: ReadonlySet<string>,
    { machines, span, step }: { machines: number; span: Span; step: number },
  ): Promise<MachinesPrometheus> {
    const data = join(folder, "data");
    mkdirSync(data, { recursive: true });
    writeFileSync(join(folder, "prometheus.yml"), "{}");
    const told = toldSeries(exposition, (name) => asked.has(name));
    const uptime = span.to - Number(/^node_boot_time_seconds (\S+)$/m.exec(exposition)?.[1]);
    const file = join(folder, "series.txt");
    const samples = writeMachines(file, told, { machines, uptime, span, step });
    promtool(["openmetrics", "--max-block-duration=24h", file, data]);
    rmSync(file);
    const rules = recordingRules(hostCpu, hostMemory, filesystemUsed);
    writeFileSync(join(folder, "rules.yml"), renderRuleFile([{ name: "records", rules }], ruleSettings));
    const first = await startPrometheus(folder);
    try {
      const times = [`--start=${String(span.from + 600)}`, `--end=${String(span.to)}`];
      const source = [`--url=${first.url}`, `--eval-interval=${String(step)}s`, `--output-dir=${data}`];
      promtool(["rules", ...source, ...times, join(folder, "rules.yml")]);
    } finally {
      await first.process.stop();
    }
    const { process, url } = await startPrometheus(folder);
    return new MachinesPrometheus(url, process, span, samples);
  }

  override async get<T>(path: string): Promise<T> {
    if (!path.includes("/query")) return super.get<T>(path);
    const data = await super.get<T & { readonly stats?: Stats }>(`${path}&stats=all`);
    const { timings, samples } = data.stats ?? {};
    this.costs.push({ seconds: timings?.execTotalTime ?? NaN, peakSamples: samples?.peakSamples ?? NaN });
    return data;
  }

  stop(): Promise<unknown> {
    return this.process.stop();
  }
}

/** What the node-exporter of this machine tells. */
export async function realExposition(): Promise<string> {
  const address = `127.0.0.1:${String(await freePort())}`;
  const exporter = new ManagedProcess({
    name: "node-exporter",
    command: nodeExporterProgram.name,
    args: [`--web.listen-address=${address}`],
  });
  try {
    await exporter.healthy(`http://${address}/metrics`, 30_000);
    let text = "";
    await until(async () => {
      text = await (await fetch(`http://${address}/metrics`)).text();
      return text.includes("node_load5");
    }, 10_000);
    return text;
  } finally {
    await exporter.stop();
  }
}

function promtool(args: readonly string[]): void {
  const { status, stderr } = spawnSync("promtool", ["tsdb", "create-blocks-from", ...args], {
    encoding: "utf8",
    timeout: 400_000,
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`promtool ${args.join(" ")}:\n${stderr}`);
}
