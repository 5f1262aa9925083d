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

/** Who needs a Python, as messages say it. */
export interface PythonUse {
  /** Such as "the services in Python". */
  readonly what: string;
  /** What to do where there is none, such as "leave --python out". */
  readonly without: string;
}

/**
 * The Python of this machine.
 * @throws Error that says what was found instead, where none will do
 */
export function findPython({ what, without }: PythonUse): Python {
  const older: string[] = [];
  for (const command of commands) {
    const path = findProgram(command);
    const version = path === undefined ? undefined : versionOf(path);
    if (path === undefined || version === undefined) continue;
    if (isAtLeast(parseVersion(version) ?? [], oldest)) return { path, version };
    older.push(`${version} at ${path}`);
  }
  throw new Error(
    `${what.charAt(0).toUpperCase()}${what.slice(1)} need Python ${oldest.join(".")} or newer on the PATH; found ${older.join(", ") || "none"}. ` +
      `Install one (with Debian: apt-get install python3 python3-venv), or ${without}.`,
  );
}

function versionOf(path: string): string | undefined {
  // It prints null where the program cannot be started.
  const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 10_000 });
  return /^Python (\d[\d.]*)/.exec(String(stdout))?.[1];
}
