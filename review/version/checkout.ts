import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The folder of the project that this file belongs to. */
export const projectFolder = resolve(__dirname, "../..");

/** What describes a version. */
export const description = "review/version/describe.ts";

/** The files of a commit, in a folder of their own. */
export interface Checkout {
  readonly folder: string;
  /** `main (7ce3b9f)`; the name alone where it is the commit's. */
  readonly name: string;
  /** Removes the folder. */
  remove(): void;
}

/**
 * Puts the files of a commit into a temporary folder. Neither the working tree nor git's own state is touched.
 * @param revision any name of a commit: a branch, a tag, `HEAD~3`
 * @param project a folder in a git repository. Default: the project's own
 * @throws Error for a folder without git, for a name of no commit, and for a commit without a description of itself
 */
export function checkout(revision: string, project = projectFolder): Checkout {
  const commit = commitOf(revision, project);
  const work = mkdtempSync(join(tmpdir(), "review-base-"));
  const folder = join(work, "project");
  const remove = () => {
    rmSync(work, { recursive: true, force: true });
  };
  try {
    mkdirSync(folder);
    const prefix = git(project, ["rev-parse", "--show-prefix"]).trim();
    const tree = `${commit}:${prefix.replace(/\/$/, "")}`;
    const env = { GIT_INDEX_FILE: join(work, "index") };
    git(project, ["read-tree", tree], env);
    git(project, [`--work-tree=${folder}`, "checkout-index", "--all", `--prefix=${folder}/`], env);
    const packages = join(folder, "node_modules");
    if (!existsSync(packages)) symlinkSync(join(project, "node_modules"), packages, "junction");
    if (!existsSync(join(folder, description))) {
      throw new Error(
        `--base: found "${revision}", allowed: a commit that has ${description}: an older one cannot say what it is.`,
      );
    }
  } catch (error) {
    remove();
    throw error;
  }
  const short = commit.slice(0, 7);
  return { folder, name: commit.startsWith(revision) ? short : `${revision} (${short})`, remove };
}

function commitOf(revision: string, project: string): string {
  const { status, stdout, stderr } = run(project, [
    "rev-parse",
    "--verify",
    "--quiet",
    `${revision}^{commit}`,
  ]);
  if (status === 0) return stdout.trim();
  if (/not a git repository/.test(stderr)) {
    throw new Error(
      `--base: ${project} is in no git repository, so that there is no commit to compare with. \`npm run review -- --example\` needs none.`,
    );
  }
  // Of a name that it does not know it says nothing; of what keeps it from looking, such as another owner of the files, it does.
  if (stderr.trim() !== "") throw new Error(`--base: git cannot look for "${revision}": ${stderr.trim()}`);
  throw new Error(
    `--base: found "${revision}", allowed: a branch, a tag or a commit of this repository. In a clone without history, \`git fetch --unshallow\` brings it; of a branch that is not checked out here, the name is such as origin/main.`,
  );
}

function git(project: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr } = run(project, args, env);
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr.trim()}`);
  return stdout;
}

function run(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr, error } = spawnSync("git", args, {
    cwd,
    encoding: "utf8",
    // Messages are read, in English.
    env: { ...process.env, LC_ALL: "C", ...env },
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) throw new Error(`--base: git cannot be run: ${error.message}`);
  return { status, stdout, stderr };
}
