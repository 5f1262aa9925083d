import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Program } from "../require-program";

/** A Python with what the package in `python/`, its tests and the services in `examples/flask` need. */
export const pythonServices: Program = {
  name: "python3-services",
  hint: ".ci/install-programs python_services makes it, and prints the line that puts it on the PATH.",
};
export const goProgram: Program = { name: "go", hint: "Go 1.26 or newer: https://go.dev/dl" };

const root = join(__dirname, "../../..");

/** Where the package in `python/` is imported from. */
export const pythonSources = join(root, "python/src");
/** The Go module in `go/`. */
export const goModule = join(root, "go");

/** How a program ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a Python program or module. */
export function python(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Ended {
  return run(pythonServices.name, args, cwd, {
    ...env,
    PYTHONPATH: pythonSources,
    PYTHONDONTWRITEBYTECODE: "1",
  });
}

/** Runs a command of Go. */
export function go(args: readonly string[], cwd: string): Ended {
  return run(goProgram.name, args, cwd, { GOFLAGS: "-mod=mod", GOWORK: "off" });
}

/** The files in a folder that gofmt would change. */
export function gofmt(folder: string): Ended {
  return run("gofmt", ["-l", "."], folder, {});
}

function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Ended {
  const options = { cwd, encoding: "utf8", maxBuffer: 2 ** 28, timeout: 300_000 } as const;
  const { status, stdout, stderr } = spawnSync(command, args, {
    ...options,
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}
