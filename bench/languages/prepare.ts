import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { ensureVirtualEnvironment } from "../../demo/flask/virtual-environment";
import { generateModule, type Target } from "../../metrics/generate";
import { httpLatencyBuckets } from "../../metrics/http";
import { CommandError } from "../../operations/terminal/command";
import { system } from "../../shop";

const root = join(__dirname, "../..");
const servers = join(__dirname, "servers");

/** A program, with what it gets besides the environment of this process. */
export interface Prepared {
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
}

const work = mkdtempSync(join(tmpdir(), "bench-languages-"));
process.on("exit", () => {
  rmSync(work, { recursive: true });
});

/**
 * A Python that has the servers, what they run on and our package as it is in the working tree. What comes from the registry is
 * installed once, below ~/.cache, until a list of it changes.
 */
export async function preparePython(): Promise<Prepared> {
  const folder = join(
    process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
    "microservices-monitoring/bench-languages",
  );
  const requirements = ["examples/flask/requirements.txt", "bench/languages/requirements.txt"];
  const python = await ensureVirtualEnvironment(
    { what: "the servers in Python", without: "leave them out (--only go)", folder, requirements },
    (step) =>
      process.stderr.write(
        `${step === "installing" ? "Installing" : "Waiting for"} the packages in ${folder}\n`,
      ),
  );
  generate({ language: "python" }, work);
  return {
    command: python,
    env: {
      PYTHONPATH: [servers, work, join(root, "python/src")].join(":"),
      PYTHONDONTWRITEBYTECODE: "1",
      // The order of what a set or a dictionary has in memory costs time, too.
      PYTHONHASHSEED: "0",
    },
  };
}

/** The handlers of net/http, built with our module as it is in the working tree. */
export function buildGo(): Prepared {
  const folder = join(work, "go");
  const needed = "microservices-monitoring/go";
  generate({ language: "go", folder: "metrics" }, join(folder, "metrics"));
  const sources = join(__dirname, "go");
  for (const file of readdirSync(sources)) copyFileSync(join(sources, file), join(folder, file));
  copyFileSync(join(root, "go/go.sum"), join(folder, "go.sum"));
  writeFileSync(
    join(folder, "go.mod"),
    `module bench\n\ngo 1.26.0\n\nrequire ${needed} v0.0.0\n\nreplace ${needed} => ${join(root, "go")}\n`,
  );
  process.stderr.write("Building bench/languages/go\n");
  execute("go", ["build", "-o", "handlers", "."], folder, { GOFLAGS: "-mod=mod", GOWORK: "off" });
  return {
    command: join(folder, "handlers"),
    // With one thread that runs Go, none looks for work: while the client is slower than the server, that would be most of its CPU.
    env: { BUCKETS: JSON.stringify(httpLatencyBuckets), GOMAXPROCS: "1" },
  };
}

function generate(target: Target, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const { file, text } = generateModule(system.catalogue, "product-service", target);
  writeFileSync(join(folder, file), text);
}

function execute(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): void {
  const ended = spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, ...env } });
  if (ended.error) {
    throw new CommandError(
      `${command} cannot be run: ${ended.error.message}. The benchmark needs Go 1.26 or newer.`,
    );
  }
  if (ended.status !== 0) {
    throw new CommandError(
      `${[command, ...args].join(" ")} ended with status ${String(ended.status)}:\n${ended.stderr}`,
    );
  }
}
