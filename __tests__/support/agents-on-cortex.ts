import type { ManagedProcess } from "../../demo/processes";
import { freePorts } from "../../operations/loopback-port";
import { type RenderedAgent, renderedAgents, startAgent } from "./agents";
import { TestCortex } from "./cortex";
import { CountedTargets } from "./counted-targets";
import { managedWith } from "./environments/managed-agents";
import { SignedReceiver, type Signer } from "./signed-receiver";
import { until } from "./until";

const signer: Signer = {
  accessKeyId: "AKIDAGENTS",
  secretAccessKey: "a-secret",
  region: "eu-central-1",
  service: "aps",
};
const env = { AWS_ACCESS_KEY_ID: signer.accessKeyId, AWS_SECRET_ACCESS_KEY: signer.secretAccessKey };

/** A series of a target: the count of its scrapes, by the time in seconds. */
export interface CountedSeries {
  /** Address of the target, and number of the series. */
  readonly name: string;
  readonly values: readonly (readonly [time: number, count: number])[];
}

/** What became of the samples of a time. */
export interface SamplesKept {
  readonly series: number;
  readonly samples: number;
  readonly lost: number;
  readonly doubled: number;
}

interface RunningAgent {
  readonly rendered: RenderedAgent;
  readonly port: number;
  process: ManagedProcess;
}

/** The agents of one shard as an environment has them, whose targets count their scrapes, and the Cortex they write to. */
export class AgentsOnCortex {
  private constructor(
    readonly cortex: TestCortex,
    /** Before Cortex: it checks signatures, and refuses where it is told to. */
    readonly front: SignedReceiver,
    readonly targets: CountedTargets,
    private readonly folder: string,
    private readonly running: RunningAgent[],
    private readonly seriesCount: number,
  ) {}

  /**
   * Starts all, and waits until samples of each target are there.
   * @param folder makes a folder for what they write
   * @param copies how many series each service has
   */
  static async start(folder: () => string, replicas: number, copies = 1): Promise<AgentsOnCortex> {
    const environment = managedWith({ shards: 1, replicas });
    const own = folder();
    // What fires in its first seconds is not sent, as its ruler has not found its Alertmanager yet.
    const cortex = await TestCortex.start(folder(), { resendDelay: "5s" });
    const front = await SignedReceiver.start(cortex.url, signer);
    const targets = await CountedTargets.start(environment, copies);
    const rendered = renderedAgents(environment, own);
    const ports = await freePorts(rendered.length);
    const running: RunningAgent[] = [];
    // Of all else that is scraped the agents keep what is in the catalogue alone.
    const seriesCount = environment.services.length * copies;
    const all = new AgentsOnCortex(cortex, front, targets, own, running, seriesCount);
    try {
      await Promise.all(
        rendered.map(async (agent, index) => {
          const port = ports[index] ?? 0;
          running.push({ rendered: agent, port, process: await all.startOne(agent, port) });
        }),
      );
      const isThere = async () => (await cortex.client.query("scrapes_total > 5")).length === seriesCount;
      await until(isThere, 45_000);
    } catch (error) {
      await all.stop();
      throw error;
    }
    return all;
  }

  /** Those that run, by name. */
  get alive(): readonly string[] {
    return this.running.filter(({ process }) => process.isRunning).map(({ rendered }) => rendered.name);
  }

  /** The one of two replicas whose samples Cortex takes. */
  async heard(): Promise<string> {
    const page = await (await fetch(`${this.cortex.url}/distributor/ha_tracker`)).text();
    const [name, ...others] = this.running
      .map(({ rendered }) => rendered.name)
      .filter((each) => page.includes(each));
    if (name === undefined || others.length > 0) throw new Error(`Not one agent is heard: ${page}`);
    return name;
  }

  /** Kills an agent (SIGKILL), and waits until it is gone. */
  async kill(name: string): Promise<void> {
    const { process } = this.of(name);
    process.kill("SIGKILL");
    await process.exited;
  }

  /** Starts an agent again that was killed: it finds what it left. */
  async startAgain(name: string): Promise<void> {
    const agent = this.of(name);
    agent.process = await this.startOne(agent.rendered, agent.port);
  }

  /** Bytes of the write-ahead log of an agent, and how many samples it has appended since it was started. */
  async log(name: string): Promise<{ readonly bytes: number; readonly appended: number }> {
    const metrics = await (await fetch(`http://127.0.0.1:${String(this.of(name).port)}/metrics`)).text();
    const valueOf = (metric: string) =>
      Number(new RegExp(`^${metric}(?:\\{[^}]*type="float"[^}]*\\})? (\\S+)$`, "m").exec(metrics)?.[1]);
    return {
      bytes: valueOf("prometheus_tsdb_wal_storage_size_bytes"),
      appended: valueOf("prometheus_agent_samples_appended_total"),
    };
  }

  /** Time of the newest sample of the series that is most behind, in Unix seconds; 0 while one is not there. */
  async newest(): Promise<number> {
    const found = await this.cortex.client.query("timestamp(scrapes_total)");
    return found.length < this.seriesCount ? 0 : Math.min(...found.map(({ value }) => value));
  }

  /** The samples of each series in the last seconds. */
  async samples(seconds: number): Promise<readonly CountedSeries[]> {
    const query = encodeURIComponent(`scrapes_total[${String(Math.ceil(seconds))}s]`);
    const { result } = await this.cortex.client.get<{
      result: { metric: Record<string, string>; values: [number, string][] }[];
    }>(`/api/v1/query?query=${query}`);
    return result.map(({ metric, values }) => ({
      name: `${metric.instance ?? ""} ${metric.copy ?? ""}`,
      values: values.map(([time, value]) => [time, Number(value)] as const),
    }));
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.map(({ process }) => process.stop()));
    this.targets.stop();
    await this.front.stop();
    await this.cortex.stop();
  }

  private of(name: string): RunningAgent {
    const found = this.running.find(({ rendered }) => rendered.name === name);
    if (!found) throw new Error(`There is no agent ${name}.`);
    return found;
  }

  private startOne(agent: RenderedAgent, port: number): Promise<ManagedProcess> {
    return startAgent(agent, {
      folder: this.folder,
      port,
      addressOf: this.targets.addressOf,
      writeUrl: `${this.front.url}/api/v1/push`,
      env,
    });
  }
}

/**
 * A target counts its scrapes: a number that is missing between two is a sample lost, one that is there again is one
 * doubled.
 */
export function samplesKept(series: readonly CountedSeries[]): SamplesKept {
  const steps = series.flatMap(({ values }) =>
    values.slice(1).map(([, value], index) => value - (values[index]?.[1] ?? NaN)),
  );
  return {
    series: series.length,
    samples: series.reduce((sum, { values }) => sum + values.length, 0),
    lost: steps.reduce((sum, step) => sum + Math.max(0, step - 1), 0),
    doubled: steps.filter((step) => !(step >= 1)).length,
  };
}

/** The longest time between two samples of one series, in seconds. */
export function longestGap(series: readonly CountedSeries[]): number {
  return Math.max(
    ...series.flatMap(({ values }) =>
      values.slice(1).map(([time], index) => time - (values[index]?.[0] ?? NaN)),
    ),
  );
}
