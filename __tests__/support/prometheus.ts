import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { ManagedProcess } from "../../demo/processes";
import { freePort } from "../../operations/loopback-port";

export type { Series } from "../../operations/clients/prometheus-client";

/**
 * Starts a Prometheus at a free port.
 * @param folder has its configuration, `prometheus.yml`, and its data, in `data`
 * @param flags further ones
 * @param env variables besides those of this process; undefined takes one away
 */
export async function startPrometheus(
  folder: string,
  flags: readonly string[] = [],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<{ readonly process: ManagedProcess; readonly url: string }> {
  const url = `http://127.0.0.1:${String(await freePort())}`;
  const server = new ManagedProcess({
    name: "prometheus",
    command: "prometheus",
    args: [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=${new URL(url).host}`,
      ...flags,
    ],
    env: { ...process.env, ...env },
  });
  await server.healthy(`${url}/-/ready`, 120_000);
  return { process: server, url };
}

/** A Prometheus of its own that scrapes services every second. */
export class TestPrometheus extends PrometheusClient {
  private constructor(
    private readonly process: ManagedProcess,
    private readonly directory: string,
    url: string,
  ) {
    super(url);
  }

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
    writeFileSync(join(directory, "prometheus.yml"), JSON.stringify(config)); // JSON is YAML
    const { process, url } = await startPrometheus(directory, ["--enable-feature=exemplar-storage"]);
    return new TestPrometheus(process, directory, url);
  }

  /** Waits until every target was scraped without a failure a second from now or later. */
  async scraped(targets: number): Promise<void> {
    const all = await this.allUp(30_000, Date.now() + 1_000);
    if (all.length !== targets) throw new Error(`Prometheus has ${String(all.length)} targets.`);
  }

  async stop(): Promise<void> {
    await this.process.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
