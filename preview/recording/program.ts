import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findProgram } from "../../operations/find-program";
import { freePort } from "../../operations/loopback-port";

const startMs = 60_000;

/** A Prometheus that runs. */
export interface RunningPrometheus {
  readonly url: URL;
  stop(): Promise<void>;
}

/**
 * The programs that make and answer from the known traffic.
 * @throws Error that names those that are missing, and the command that installs them
 */
export function refuseMissingPrograms(names: readonly string[]): void {
  const missing = names.filter((name) => findProgram(name) === undefined);
  if (missing.length === 0) return;
  throw new Error(
    `There is no ${missing.join(", no ")} on the PATH. With Go: eval "$(.ci/install-programs prometheus | tail -n 1)"; elsewhere: https://prometheus.io/download/`,
  );
}

/**
 * @param folder from which it reads paths
 * @throws Error with what promtool says, when it fails
 */
export function promtool(args: readonly string[], folder: string): void {
  const options = { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 28 } as const;
  const { status, stderr, stdout } = spawnSync("promtool", args, options);
  if (status !== 0) throw new Error(`promtool ${args.join(" ")}:\n${stderr}${stdout}`);
}

/**
 * Starts a Prometheus on data that is there.
 * @param folder has `prometheus.yml` and `data`
 * @throws Error with its last lines, when it does not get ready
 */
export async function startPrometheus(folder: string): Promise<RunningPrometheus> {
  const address = `127.0.0.1:${String(await freePort())}`;
  const args = [
    `--config.file=${join(folder, "prometheus.yml")}`,
    `--storage.tsdb.path=${join(folder, "data")}`,
    `--web.listen-address=${address}`,
    // The known time is long ago.
    "--storage.tsdb.retention.time=100y",
  ];
  const child = spawn("prometheus", args, { stdio: ["ignore", "ignore", "pipe"] });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  let printed = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    printed = (printed + text).slice(-4_000);
  });
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      resolve();
    });
    child.once("error", () => {
      resolve();
    });
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    process.off("exit", kill);
  };
  const url = new URL(`http://${address}`);
  for (const end = Date.now() + startMs; ; await sleep(50)) {
    const ready = await fetch(new URL("/-/ready", url)).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return { url, stop };
    if (child.exitCode === null && child.signalCode === null && Date.now() < end) continue;
    await stop();
    throw new Error(`Prometheus did not get ready:\n${printed}`);
  }
}
