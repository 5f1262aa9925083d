import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { withLock } from "../../preview/server/lock";
import { runTool, type Cause } from "../../preview/server/run-tool";
import { filesBelow, hashOfFiles } from "../../preview/server/sources-hash";
import { findPython, type Python } from "./python";

/** What is being done before the services in Python can start. */
export type PackagesStep = "waiting" | "installing";

const root = join(__dirname, "../..");
/** A virtual environment with what the services in `examples/flask` need. */
const kept = join(root, "node_modules/.cache/flask-services");
const requirements = "examples/flask/requirements.txt";

const causes: readonly Cause[] = [
  [
    /NameResolutionError|NewConnectionError|ConnectTimeoutError|Connection refused|Could not fetch URL/,
    "The index of Python's packages is not reached: see to the network, or to a proxy or an index of yours (PIP_INDEX_URL).",
  ],
  [
    /ensurepip is not available/,
    "Python's venv is not installed (with Debian: apt-get install python3-venv).",
  ],
  [/No space left on device/, "The disk is full: the packages take 60 MB."],
  [/Permission denied|Read-only file system/, "The folder node_modules/.cache cannot be written."],
];

/**
 * Installs what the services in Python need, where that was not done before. What an interrupted call left is made anew by
 * the next; two at once wait for each other.
 * @param onStep is told of each step, and of nothing where all is there
 * @returns the path of a Python that has it
 * @throws Error that names the cause and the next step; nothing half-installed is used then
 */
export async function ensurePackages(
  onStep: (step: PackagesStep) => void,
  folder: string = kept,
): Promise<string> {
  const python = findPython();
  const inside = join(folder, "bin/python3");
  const stamp = `${hashOfFiles(root, filesBelow(root, [requirements]))} ${python.path} ${python.version}\n`;
  const isThere = () => stampOf(folder) === stamp;
  if (isThere()) return inside;
  mkdirSync(dirname(folder), { recursive: true });
  const waiting = () => {
    onStep("waiting");
  };
  await withLock(`${folder}.lock`, waiting, async () => {
    if (isThere()) return;
    onStep("installing");
    await install(python, folder);
    writeFileSync(stampFile(folder), stamp);
  });
  return inside;
}

async function install(python: Python, folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const failed = "The packages of the services in Python were not installed";
  const tool = (command: string, ...args: string[]) => runTool(command, args, root, { failed, causes });
  await tool(python.path, "-m", "venv", folder);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  await tool(join(folder, "bin/python3"), ...pip, "--requirement", requirements);
}

function stampOf(folder: string): string | undefined {
  const file = stampFile(folder);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function stampFile(folder: string): string {
  return join(folder, "installed");
}
