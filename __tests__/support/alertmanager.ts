import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ManagedProcess } from "../../demo/processes";
import { freePort } from "../../operations/loopback-port";
import { alertmanagerProgram } from "./programs";

export { alertmanagerProgram };

/** Where Alertmanager's files are in its container. */
const configPath = "/etc/alertmanager/alertmanager.yml";

/** An alert as Prometheus sends it. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** In the past: the alert is resolved. Default: it fires. */
  readonly endsAt?: Date;
}

/** An alert and whom it concerns. */
export interface RoutedAlert {
  readonly labels: Readonly<Record<string, string>>;
  /** Receivers, in the order of their routes. */
  readonly receivers: readonly string[];
}

/** How an Alertmanager is started. */
export interface AlertmanagerOptions {
  /** Files by their path in the container, the configuration among them. */
  readonly files: Readonly<Record<string, string>>;
  /** Address of the other one of a cluster, as `host:port`. Default: no cluster. */
  readonly cluster?: { readonly listen: string; readonly peer: string };
  /** More arguments of the program. Default: none. */
  readonly flags?: readonly string[];
}

/** A real Alertmanager with the files of a container in a folder of its own. */
export class TestAlertmanager {
  private constructor(
    private readonly process: ManagedProcess,
    private readonly directory: string,
    readonly url: string,
  ) {}

  static async start({ files, cluster, flags = [] }: AlertmanagerOptions): Promise<TestAlertmanager> {
    const directory = mkdtempSync(join(tmpdir(), "alertmanager-"));
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      // The configuration's own paths are those of the container.
      const here =
        path === configPath ? content.replace(/(\s)(\/(?:etc|run)\/)/g, `$1${directory}$2`) : content;
      writeFileSync(join(directory, path), here);
    }
    const port = await freePort();
    const process = new ManagedProcess({
      name: "alertmanager",
      command: alertmanagerProgram.name,
      args: [
        `--config.file=${join(directory, configPath)}`,
        `--storage.path=${join(directory, "data")}`,
        `--web.listen-address=127.0.0.1:${String(port)}`,
        "--web.external-url=https://alertmanager.example.com",
        "--web.route-prefix=/",
        ...(cluster
          ? [
              `--cluster.listen-address=${cluster.listen}`,
              `--cluster.advertise-address=${cluster.listen}`,
              `--cluster.peer=${cluster.peer}`,
            ]
          : ["--cluster.listen-address="]),
        ...flags,
      ],
    });
    const url = `http://127.0.0.1:${String(port)}`;
    await process.healthy(`${url}/-/ready`, 30_000);
    return new TestAlertmanager(process, directory, url);
  }

  /** Tells it of alerts, as Prometheus does. */
  async post(alerts: readonly PostedAlert[]): Promise<void> {
    const now = Date.now();
    const body = alerts.map(({ labels, annotations = {}, endsAt }) => ({
      labels,
      annotations,
      // Not before now: an alert that has waited for longer than its group does is told at once.
      startsAt: new Date(endsAt ? Math.min(now, endsAt.getTime()) : now).toISOString(),
      endsAt: (endsAt ?? new Date(now + 600_000)).toISOString(),
    }));
    const response = await fetch(`${this.url}/api/v2/alerts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`Alertmanager: ${String(response.status)} ${await response.text()}`);
  }

  /** The alerts that it knows, each with the names of the receivers that its routes lead to. */
  async alerts(): Promise<readonly RoutedAlert[]> {
    const response = await fetch(`${this.url}/api/v2/alerts`);
    const alerts = (await response.json()) as {
      readonly labels: Readonly<Record<string, string>>;
      readonly receivers: readonly { readonly name: string }[];
    }[];
    return alerts.map(({ labels, receivers }) => ({ labels, receivers: receivers.map(({ name }) => name) }));
  }

  /** A value of its metrics; all series of the name and labels together. */
  async metric(series: RegExp): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const values = text.split("\n").filter((line) => series.test(line) && !line.startsWith("#"));
    return values.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
  }

  async stop(): Promise<void> {
    await this.process.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
