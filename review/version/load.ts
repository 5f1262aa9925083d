import { fork } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import type { Setting } from "../../environments/settings";
import { buildProblem, near } from "../../preview/server/source-problems";
import { description } from "./checkout";
import type { Described } from "./describe";
import type { Version } from "./version";

/** Sources that take longer never end. */
const limitMs = 60_000;

/** Which version of which environment. */
export interface WantedVersion {
  /** The version's files. */
  readonly folder: string;
  /** What people call it. */
  readonly name: string;
  readonly environment: string;
  /** Values that take the place of those in the environment's file. Default: none do. */
  readonly settings?: readonly Setting[];
}

/**
 * Describes a version, by its own sources.
 * @throws Error with what is wrong in these, by its place
 */
export async function loadVersion({
  folder,
  name,
  environment,
  settings = [],
}: WantedVersion): Promise<Version> {
  const bundle = join(
    folder,
    "node_modules/.cache/review",
    `${String(process.pid)}-${String(Date.now())}.cjs`,
  );
  mkdirSync(dirname(bundle), { recursive: true });
  try {
    await bundled(folder, bundle, name);
    const described = await ran(bundle, folder, [environment, JSON.stringify(settings)]);
    if ("problem" in described) throw new Error(`${name}: ${near(described.problem, folder)}`);
    return { ...described.version, name, folder };
  } finally {
    for (const file of [bundle, `${bundle}.map`]) rmSync(file, { force: true });
  }
}

async function bundled(folder: string, outfile: string, name: string): Promise<void> {
  try {
    await build({
      absWorkingDir: folder,
      entryPoints: [description],
      bundle: true,
      packages: "external",
      platform: "node",
      target: "node20",
      format: "cjs",
      sourcemap: "linked",
      sourcesContent: false,
      outfile,
      logLevel: "silent",
    });
  } catch (error) {
    throw new Error(`${name} cannot be described:\n${buildProblem(error)}`);
  }
}

function ran(bundle: string, cwd: string, args: readonly string[]): Promise<Described> {
  return new Promise((done) => {
    let printed = "";
    const child = fork(bundle, args, {
      cwd,
      execArgv: ["--enable-source-maps", "--preserve-symlinks"],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const timer = setTimeout(() => {
      done({ problem: `Its rules and dashboards were not made within ${String(limitMs / 1_000)} s.` });
      child.kill("SIGKILL");
    }, limitMs);
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      printed = (printed + text).slice(-4_000);
    });
    child.once("message", (message) => {
      done(message as Described);
    });
    child.once("error", ({ message }) => {
      done({ problem: message });
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      const how = signal ?? `status ${String(code)}`;
      done({ problem: `${printed}\nIts sources ended the program that describes it (${how}).`.trim() });
    });
  });
}
