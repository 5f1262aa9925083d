import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { withLock } from "../../preview/server/lock";
import { runTool, type Cause } from "../../preview/server/run-tool";
import { filesBelow, hashOfFiles } from "../../preview/server/sources-hash";
import { findPython, type PythonUse } from "./python";

/** What is being done before a virtual environment can be used. */
export type EnvironmentStep = "waiting" | "installing";

/** A virtual environment of Python. */
export interface VirtualEnvironment extends PythonUse {
  readonly folder: string;
  /** Lists of packages, by their paths from the repository's root. */
  readonly requirements: readonly string[];
}

const root = join(__dirname, "../..");

const causes: readonly Cause[] = [
  [
    /NameResolutionError|NewConnectionError|ConnectTimeoutError|Connection refused|Could not fetch URL/,
    "The index of Python's packages is not reached: see to the network, or to a proxy or an index of yours (PIP_INDEX_URL).",
  ],
  [
    /ensurepip is not available/,
    "Python's venv is not installed (with Debian: apt-get install python3-venv).",
  ],
  [/No space left on device/, "The disk is full: the packages take some 100 MB."],
  [/Permission denied|Read-only file system/, "A folder cannot be written."],
];

/**
 * Installs packages into an environment, where that was not done before. What an interrupted call left is made anew by
 * the next; two at once wait for each other.
 * @param onStep is told of each step, and of nothing where all is there
 * @returns the path of a Python that has them
 * @throws Error that names the cause and the next step; nothing half-installed is used then
 */
export async function ensureVirtualEnvironment(
  environment: VirtualEnvironment,
  onStep: (step: EnvironmentStep) => void,
): Promise<string> {
  const { folder, requirements } = environment;
  const { path, version } = findPython(environment);
  const inside = join(folder, "bin/python3");
  const stamp = join(folder, "installed");
  const wanted = `${hashOfFiles(root, filesBelow(root, requirements))} ${path} ${version}\n`;
  const isThere = () => existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
  if (isThere()) return inside;
  mkdirSync(dirname(folder), { recursive: true });
  const waiting = () => {
    onStep("waiting");
  };
  await withLock(`${folder}.lock`, waiting, async () => {
    if (isThere()) return;
    onStep("installing");
    await install(environment, path, inside);
    writeFileSync(stamp, wanted);
  });
  return inside;
}

async function install(
  { folder, requirements, what }: VirtualEnvironment,
  python: string,
  inside: string,
): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const failure = { failed: `The packages of ${what} were not installed`, causes };
  await runTool(python, ["-m", "venv", folder], root, failure);
  const lists = requirements.flatMap((list) => ["--requirement", list]);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  await runTool(inside, [...pip, ...lists], root, failure);
}
