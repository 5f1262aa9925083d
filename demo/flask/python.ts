import { spawnSync } from "node:child_process";
import { findProgram } from "../../operations/find-program";
import { isAtLeast, parseVersion, type Version } from "../versions";

/** A Python that will do. */
export interface Python {
  readonly path: string;
  /** Such as `3.11.2`. */
  readonly version: string;
}

/** The oldest that the package in `python/` runs on. */
const oldest: Version = [3, 10];
/** The first that will do is taken. */
const commands = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python"];

/**
 * The Python of this machine.
 * @throws Error that says what was found instead, where none will do
 */
export function findPython(): Python {
  const found = commands.flatMap((command) => {
    const path = findProgram(command);
    const version = path === undefined ? undefined : versionOf(path);
    return path === undefined || version === undefined ? [] : [{ path, version }];
  });
  const fitting = found.find(({ version }) => isAtLeast(parseVersion(version) ?? [], oldest));
  if (fitting) return fitting;
  const others = found.map(({ path, version }) => `${version} at ${path}`).join(", ");
  throw new Error(
    `The services in Python need Python ${oldest.join(".")} or newer on the PATH; found ${others || "none"}. ` +
      "Install one (with Debian: apt-get install python3 python3-venv), or leave --python out.",
  );
}

function versionOf(path: string): string | undefined {
  // It prints null where the program cannot be started.
  const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 10_000 });
  return /^Python (\d[\d.]*)/.exec(String(stdout))?.[1];
}
