import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkout, projectFolder, type Checkout } from "../version/checkout";

/** Where the examples of changes are: a diff each, as somebody would write it, in a file of its name. */
export const place = "examples/review";
const ending = ".diff";

/** The names of the changes that a review can be shown of, in the order of the alphabet. */
export function exampleChanges(project = projectFolder): readonly string[] {
  const folder = join(project, place);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
}

/** The folder with what another team has that reads what is here, where there is one: an example, too. */
export function readersOfOthers(project = projectFolder): readonly string[] {
  const folder = join(project, place, "theirs");
  return existsSync(folder) ? [folder] : [];
}

/** A change as `git diff` prints it. */
export function diffOf(change: string, project = projectFolder): string {
  return readFileSync(join(project, place, `${change}${ending}`), "utf8");
}

/**
 * Makes a change to the files of a folder.
 * @throws Error where they are no longer those that the change was written for; then none is changed
 */
export function applyChange(change: string, folder: string): void {
  const { status, stderr, error } = spawnSync("git", ["apply", "-"], {
    cwd: folder,
    // A repository that the folder happens to be in is none of the change's.
    env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(folder) },
    input: diffOf(change),
    encoding: "utf8",
  });
  if (error !== undefined) throw new Error(`git cannot be run: ${error.message}`);
  if (status !== 0) {
    throw new Error(
      `${place}/${change}${ending} cannot be applied any more:\n${stderr.trim()}\nMake the change by hand, and write what \`git diff\` prints into the file.`,
    );
  }
}

/**
 * The files of the last commit with a change, in a folder of their own.
 * @throws Error where there is no commit, and where the change cannot be made
 */
export function changedCheckout(change: string): Checkout {
  const made = checkout("HEAD");
  try {
    applyChange(change, made.folder);
  } catch (error) {
    made.remove();
    throw error;
  }
  return { ...made, name: `with the ${change}` };
}
