import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type LogShipperConfiguration,
  renderLogShipperConfiguration,
} from "../../constructs/docker/log-shipper-configuration";
import { logShipper } from "../../constructs/docker/log-shipper";
import { ManagedProcess } from "../../demo/processes";
import { freePort } from "../../operations/loopback-port";
import { fluentBitProgram } from "./programs";

/** Fluent Bit as the environments configure it, but for folders, the port of its metrics and what it is to reach. */
export class RunningLogShipper {
  private program: ManagedProcess | undefined;

  private constructor(
    private readonly file: string,
    private readonly port: number,
  ) {}

  /**
   * Starts one.
   * @param folder of its own, for its configuration and its state
   */
  static async start(
    folder: string,
    own: Pick<LogShipperConfiguration, "containersFolder" | "waitingMb" | "cloudWatch" | "loki">,
  ): Promise<RunningLogShipper> {
    const port = await freePort();
    const stateFolder = join(folder, "state");
    mkdirSync(stateFolder, { recursive: true });
    const file = join(folder, "log-shipper.yaml");
    const metrics = { address: "127.0.0.1", port };
    writeFileSync(
      file,
      renderLogShipperConfiguration({ ...own, stateFolder, metrics, ownName: logShipper.name }),
    );
    const shipper = new RunningLogShipper(file, port);
    await shipper.start();
    return shipper;
  }

  /** Starts it, again where it was stopped. */
  async start(): Promise<void> {
    this.program = new ManagedProcess({
      name: fluentBitProgram.name,
      command: fluentBitProgram.name,
      args: ["--config", this.file],
      env: { ...process.env, AWS_ACCESS_KEY_ID: "emulator", AWS_SECRET_ACCESS_KEY: "emulator" },
    });
    await this.program.healthy(this.metricsUrl, 30_000);
  }

  async stop(): Promise<void> {
    await this.program?.stop();
  }

  /** The sum of the values of a metric, over the series that have these labels. */
  async metric(name: string, labels = ""): Promise<number> {
    const text = await (await fetch(this.metricsUrl)).text();
    return text
      .split("\n")
      .filter((line) => line.startsWith(`${name}{`) && line.includes(labels))
      .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
  }

  /** Where it tells its metrics. */
  get metricsUrl(): string {
    return `http://127.0.0.1:${String(this.port)}${logShipper.metricsPath}`;
  }
}
