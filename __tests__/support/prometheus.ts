import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ManagedProcess } from "../../commands/lib/processes";
import { freePort } from "./free-port";

/** One series of an answer. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A Prometheus of its own that scrapes services every second. */
export class TestPrometheus {
  private constructor(
    private readonly process: ManagedProcess,
    private readonly directory: string,
    readonly url: string,
  ) {}

  /** @param targets address of each service, which becomes the label `service` */
  static async start(targets: Readonly<Record<string, string>>): Promise<TestPrometheus> {
    const directory = mkdtempSync(join(tmpdir(), "prometheus-"));
    const config = {
      global: { scrape_interval: "1s", scrape_timeout: "1s" },
      scrape_configs: [
        {
          job_name: "services",
          static_configs: Object.entries(targets).map(([service, url]) => ({
            targets: [new URL(url).host],
            labels: { service },
          })),
        },
      ],
    };
    const file = join(directory, "prometheus.yml");
    writeFileSync(file, JSON.stringify(config)); // JSON is YAML
    const port = await freePort();
    const process = new ManagedProcess({
      name: "prometheus",
      command: "prometheus",
      args: [
        `--config.file=${file}`,
        `--storage.tsdb.path=${join(directory, "data")}`,
        `--web.listen-address=127.0.0.1:${String(port)}`,
        "--enable-feature=exemplar-storage",
      ],
    });
    const url = `http://127.0.0.1:${String(port)}`;
    await process.healthy(`${url}/-/ready`, 30_000);
    return new TestPrometheus(process, directory, url);
  }

  /** The latest value of each series. */
  async query(query: string): Promise<readonly Series[]> {
    const result = await this.get<{ result: { metric: Record<string, string>; value: [number, string] }[] }>(
      `/api/v1/query?query=${encodeURIComponent(query)}`,
    );
    return result.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
  }

  /** Waits until every target was scraped twice without a failure from now on. */
  async scraped(targets: number): Promise<void> {
    const since = Date.now();
    for (let tries = 0; tries < 300; tries++) {
      const { activeTargets } = await this.get<{ activeTargets: { health: string; lastScrape: string }[] }>(
        "/api/v1/targets",
      );
      const fresh = activeTargets.filter(
        ({ health, lastScrape }) => health === "up" && Date.parse(lastScrape) > since + 1_000,
      );
      if (fresh.length === targets) return;
      await sleep(100);
    }
    throw new Error("Prometheus did not scrape all targets.");
  }

  /** The body of an answer of the API. */
  async get<T>(path: string): Promise<T> {
    const response = await fetch(this.url + path);
    const body = (await response.json()) as { status: string; data: T; error?: string };
    if (body.status !== "success") throw new Error(`Prometheus: ${body.error ?? "no success"}`);
    return body.data;
  }

  async stop(): Promise<void> {
    await this.process.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
