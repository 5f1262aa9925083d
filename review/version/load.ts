import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import type { Setting } from "../../environments/settings";
import { answerOf } from "../../preview/server/program-answer";
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
    const described = await answerOf<Described>(bundle, [environment, JSON.stringify(settings)], {
      cwd: folder,
      limitMs,
      makes: "rules and dashboards",
      // The packages of a commit are those of the working tree, by a link.
      flags: ["--preserve-symlinks"],
    });
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
