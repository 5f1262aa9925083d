import { execFile, execFileSync, type ExecFileOptions } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ManagedProcess } from "../../demo/processes";
import { findProgram } from "../../operations/find-program";
import {
  bridgeOf,
  makeEngineFolder,
  partsOf,
  removeEngineFolder,
  removeLeftFolders,
} from "./docker-engine-folder";
import { describeUnless } from "./require-program";

/** What a command of Docker printed, and how it ended. */
export interface DockerResult {
  readonly status: number;
  readonly stdout: string;
  /** Both of its outputs. */
  readonly output: string;
}

const programs = ["dockerd", "docker", "unshare", "setpriv", "ip"];

/**
 * Makes the mounts of the engine's namespace those of a usual machine: shared, so that containers may ask to see what
 * is mounted later, and with the engine's data, a folder of the tests, at the usual place.
 */
const prepareMounts = `
  ip link set lo up
  mount --make-rshared /
  mount --types tmpfs tmpfs /var/lib
  mkdir /var/lib/docker
  mount --bind "$1" /var/lib/docker
  shift
  exec "$@"
`;

/** Bytes that a command may print. */
const maxBuffer = 64 * 1024 * 1024;

/** A suite of tests that starts a Docker engine of its own. */
export function describeWithEngine(title: string, fn: () => void): void {
  const missing = programs.filter((name) => findProgram(name) === undefined);
  const reasons = [
    ...(missing.length === 0
      ? []
      : [`${missing.join(", ")} not on PATH. On Debian: apt-get install docker.io iproute2 util-linux.`]),
    ...(process.getuid?.() === 0 ? [] : ["A Docker engine of its own needs root."]),
  ];
  describeUnless(reasons.join(" "), title, fn);
}

/** What makes an engine another one than the first of this process. */
export interface EngineOptions {
  /** Which of the engines that this process runs at once it is, from 0 to 9. Default 0. */
  readonly index?: number;
  /** Port of the loopback address at which it answers too, without a password. Default: it answers at its socket alone. */
  readonly port?: number;
  /**
   * Whether its host is a network namespace of its own, with a firewall that the engine sets up as on a machine: what its
   * networks let through is what they let through there. Nothing leads out of it. Default: its networks are this machine's,
   * without a firewall.
   */
  readonly ownHost?: boolean;
}

/**
 * A Docker engine of the tests' own, so that nothing of the machine's own engine is seen or touched. It runs in a PID
 * and mount namespace: when the engine ends, so do its containers and their shims, and its mounts are gone. It ends
 * with the process that started it, however that goes.
 */
export class DockerEngine {
  /** Its own address in the network of its default bridge, which is one of this machine. */
  readonly address: string;
  /** Ranges for networks of its containers that no other engine of the tests uses: a second route would win. */
  readonly ownSubnets: readonly [string, string, string];
  private process: ManagedProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly port: number | undefined,
    private readonly ownHost: boolean,
  ) {
    const { starter, index } = partsOf(folder);
    const block = String(starter % 256);
    this.address = `10.213.${block}.${String(16 * index + 1)}`;
    const subnet = (second: number) => `10.${String(second)}.${block}.${String(16 * index)}/28` as const;
    this.ownSubnets = [subnet(214), subnet(216), subnet(217)];
  }

  /** Starts an engine, after the leftovers of a run that was killed are removed. */
  static async start({ index = 0, port, ownHost = false }: EngineOptions = {}): Promise<DockerEngine> {
    await removeLeftFolders();
    const engine = new DockerEngine(makeEngineFolder(index), port, ownHost);
    mkdirSync(join(engine.folder, "data"));
    if (!ownHost) {
      const bridge = bridgeOf(engine.folder);
      execFileSync("ip", ["link", "add", bridge, "type", "bridge"]);
      execFileSync("ip", ["address", "add", `${engine.address}/28`, "dev", bridge]);
    }
    try {
      await engine.resume();
    } catch (error) {
      await engine.stop();
      throw error;
    }
    return engine;
  }

  /** Starts the daemon on what it has written before. Its containers run again. */
  async resume(): Promise<void> {
    const { folder } = this;
    const log: string[] = [];
    this.process = new ManagedProcess({
      name: "dockerd",
      command: "setpriv",
      args: [
        // This process gone, unshare goes, and takes the daemon with it.
        ...["--pdeathsig", "KILL"],
        ...["unshare", "--mount", "--pid", "--fork", "--kill-child=TERM", "--mount-proc"],
        ...(this.ownHost ? ["--net"] : []),
        ...["sh", "-ec", prepareMounts, "sh", join(folder, "data"), "dockerd"],
        ...["--host", `unix://${this.socket}`, "--pidfile", join(folder, "pid")],
        ...(this.port === undefined ? [] : ["--host", this.tcpHost, "--tls=false"]),
        // Not in the folder: the path of a socket in there must be shorter than 108 bytes.
        ...["--exec-root", "/var/lib/engine"],
        ...["--shutdown-timeout", "5"],
        // The firewall is the machine's, so nothing gets out of the engine's networks; docker0 is the machine's, too.
        ...(this.ownHost ? [] : ["--iptables=false", "--ip6tables=false", `--bridge=${bridgeOf(folder)}`]),
      ],
      onLine: (line) => log.push(line),
    });
    try {
      await this.answers(this.process, 60_000);
    } catch (error) {
      throw new Error(`dockerd does not answer. Its last lines:\n${log.slice(-20).join("\n")}`, {
        cause: error,
      });
    }
  }

  /** Address of the engine, as `DOCKER_HOST` takes it. */
  get host(): string {
    return `unix://${this.socket}`;
  }

  /** The same of an engine that has a port. */
  get tcpHost(): string {
    if (this.port === undefined) throw new Error("This engine was started without a port.");
    return `tcp://127.0.0.1:${String(this.port)}`;
  }

  /** Folder in which it has a folder for each container, with the file of its lines. */
  get containersFolder(): string {
    return join(this.folder, "data", "containers");
  }

  /** Process id of the daemon. */
  get pid(): number {
    const parent = String(this.process?.pid);
    const [child = ""] = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").split(" ");
    if (child === "") throw new Error("dockerd is not running.");
    return Number(child);
  }

  /** What a command of Docker prints to its standard output; an error with all that it printed when it fails. */
  async docker(...args: string[]): Promise<string> {
    const { status, stdout, output } = await this.tryDocker(...args);
    if (status === 0) return stdout.trimEnd();
    throw new Error(`docker ${args.join(" ")} ended with ${String(status)}:\n${output}`);
  }

  /** Runs a command of Docker whatever its exit status. */
  tryDocker(...args: string[]): Promise<DockerResult> {
    const options: ExecFileOptions = {
      env: {
        PATH: process.env.PATH,
        DOCKER_HOST: this.host,
        // Nothing of the user's own configuration, and the builder that every engine has.
        DOCKER_CONFIG: join(this.folder, "client"),
        DOCKER_BUILDKIT: "0",
      },
      timeout: 300_000,
      maxBuffer,
    };
    return new Promise((resolve) => {
      execFile("docker", args, { ...options, encoding: "utf8" }, (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        const killed = error?.killed === true ? "\n(ended after its time limit)" : "";
        resolve({ status, stdout, output: `${stdout}${stderr}${killed}` });
      });
    });
  }

  /** What `docker inspect` says of a container, an image, a network or a volume. */
  async inspect<T>(name: string): Promise<T> {
    const [found] = JSON.parse(await this.docker("inspect", name)) as T[];
    if (found === undefined) throw new Error(`There is no ${name}.`);
    return found;
  }

  /**
   * What a program of this machine prints that runs on the engine's host, or in the network of one of its containers.
   * @param container whose network it is in. Default: the host's
   */
  async runOnHost(command: readonly string[], container?: string): Promise<string> {
    const inNetwork = container === undefined ? [] : ["nsenter", `--net=${await this.networkOf(container)}`];
    const args = ["--target", String(this.pid), "--mount", "--pid", "--net", ...inNetwork, ...command];
    return new Promise((resolve, reject) => {
      execFile(
        "nsenter",
        args,
        { encoding: "utf8", timeout: 120_000, maxBuffer },
        (error, stdout, stderr) => {
          if (error === null) resolve(stdout);
          else
            reject(
              new Error(`${command.join(" ").slice(0, 200)} failed:\n${stdout}${stderr}`, { cause: error }),
            );
        },
      );
    });
  }

  private async networkOf(container: string): Promise<string> {
    const pid = await this.docker("inspect", "--format", "{{.State.Pid}}", container);
    return `/proc/${pid}/ns/net`;
  }

  /** Ends the daemon, and so its containers; what it has written stays. */
  async halt(): Promise<void> {
    if (this.process?.isRunning !== true) return;
    process.kill(this.pid, "SIGTERM");
    // The daemon's own parent is stopped last, and by force only where the daemon hangs.
    await Promise.race([this.process.exited, sleep(20_000, undefined, { ref: false })]);
    this.process.kill("SIGKILL");
    await this.process.exited;
  }

  /** Ends the engine with everything in it, and removes what it wrote. */
  async stop(): Promise<void> {
    if (this.process?.isRunning === true) {
      const containers = await this.tryDocker("ps", "--all", "--quiet");
      const ids = containers.stdout.split("\n").filter((id) => id !== "");
      if (ids.length > 0) await this.tryDocker("rm", "--force", "--volumes", ...ids);
      await this.tryDocker("network", "prune", "--force");
      await this.halt();
    }
    await removeEngineFolder(this.folder);
  }

  private get socket(): string {
    return join(this.folder, "docker.sock");
  }

  private async answers(daemon: ManagedProcess, timeoutMs: number): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (daemon.isRunning && Date.now() < end) {
      if (await ping(this.socket)) return;
      await sleep(100);
    }
    throw new Error(daemon.isRunning ? "It is still starting." : "It ended.");
  }
}

function ping(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: "/_ping", timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.once("timeout", () => asked.destroy());
    asked.once("error", () => {
      resolve(false);
    });
    asked.end();
  });
}
