import { setTimeout as sleep } from "node:timers/promises";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import type { ManagedProcess } from "../../demo/processes";

/** A Prometheus of the benchmark, which adds up what its queries take. */
export class TimedPrometheus extends PrometheusClient {
  /** Time in its engine for all queries since this was set, in seconds: without the transport of what came out. */
  seconds = 0;

  constructor(
    url: string,
    private readonly process: ManagedProcess,
  ) {
    super(url);
  }

  override async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}${path}&stats=all`, { signal: AbortSignal.timeout(600_000) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${text.slice(0, 500)}`);
    const { data } = JSON.parse(text) as { data: T & { stats?: { timings: { execTotalTime: number } } } };
    this.seconds += data.stats?.timings.execTotalTime ?? 0;
    return data;
  }

  /** Waits until it has put the blocks together, and no longer does anything else than to answer. */
  async compacted(): Promise<void> {
    const compactions = async () => {
      const text = await (await fetch(`${this.url}/metrics`)).text();
      return /^prometheus_tsdb_compactions_total (\S+)$/m.exec(text)?.[1];
    };
    // It looks once a minute.
    for (let last = await compactions(), quiet = 0; quiet < 8;) {
      await sleep(10_000);
      const now = await compactions();
      quiet = now === last ? quiet + 1 : 0;
      last = now;
    }
  }

  stop(): Promise<unknown> {
    return this.process.stop();
  }
}
