import { DockerEngine } from "./docker-engine";
import { RootFolder } from "./docker-root-folder";
import { addBusybox } from "./docker-stand-ins";

const image = "busybox:test";
/** As `MonitoredContainer` makes them. */
const jsonFile = ["--log-driver", "json-file", "--log-opt", "max-size=10m", "--log-opt", "max-file=3"];
const named = ["--log-opt", "tag={{.Name}}"];
/** For what is not to be rotated away before it is read. */
const roomy = ["--log-opt", "max-size=100m", ...named];

/** How a container differs from those that this project makes. */
export interface WriterOptions {
  /** Options of `docker run` besides. Default: that its lines have its name */
  readonly options?: readonly string[];
}

/** Containers of an engine of their own that write lines, as the shipper finds them. */
export class LogWriters {
  private constructor(readonly engine: DockerEngine) {}

  static async start(): Promise<LogWriters> {
    const engine = await DockerEngine.start();
    const root = new RootFolder();
    addBusybox(root);
    for (const applet of ["date", "usleep", "sleep", "seq", "awk"])
      root.link("busybox", `/usr/bin/${applet}`);
    await root.import(engine, [image], ["ENV PATH=/usr/bin"]);
    return new LogWriters(engine);
  }

  /** Starts a container that runs a script. Gives its id. */
  run(name: string, script: string, { options = named }: WriterOptions = {}): Promise<string> {
    return this.engine.docker(
      ...["run", "--detach", "--name", name, ...jsonFile, ...options],
      ...[image, "sh", "-c", script],
    );
  }

  /** Starts a container that prints a text, and stays. Gives its id. */
  print(name: string, text: string, options?: WriterOptions): Promise<string> {
    return this.run(name, `cat <<'END'\n${text}\nEND\nsleep 600`, options);
  }

  /** Starts a container that writes so many lines of a kilobyte at once, each with its number as `n`. */
  flood(name: string, many: number): Promise<string> {
    const script = `seq 0 ${String(many - 1)} | awk '{ printf "{\\"n\\":%d,\\"pad\\":\\"%01000d\\"}\\n", $1, 0 }'; sleep 600`;
    return this.run(name, script, { options: roomy });
  }

  /** The lines that a container wrote, as the engine has them. */
  async written(name: string): Promise<string[]> {
    return (await this.engine.docker("logs", name)).split("\n");
  }

  /** Ends a container. */
  async end(name: string): Promise<void> {
    await this.engine.docker("stop", "--time", "1", name);
  }

  /** Ends them and the engine. */
  stop(): Promise<void> {
    return this.engine.stop();
  }
}

/** A script that writes a hundred lines a second as JSON, each with its number and when it was written, until it is ended. */
export const steady = `
  n=0
  while :; do
    echo "{\\"level\\":30,\\"n\\":$n,\\"at\\":$(date +%s)}"
    n=$((n + 1))
    usleep 10000
  done
`;
