import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A file of this repository that is made from others. */
export interface GeneratedFile {
  /** From the repository's root, with slashes. */
  readonly path: string;
  /**
   * What it must hold; undefined where it is of something that there is no more.
   * @param found what it holds now; undefined where it is not there
   */
  readonly make: (found: string | undefined) => string | undefined;
}

/** A generated file as it is beside what it must be. */
export interface Comparison {
  readonly path: string;
  readonly found: string | undefined;
  readonly wanted: string | undefined;
}

/** Reads a file and makes it anew; writes nothing. */
export function compared({ path, make }: GeneratedFile, root: string): Comparison {
  const found = read(join(root, path));
  return { path, found, wanted: make(found) };
}

/** Whether a file is what it must be. */
export function isCurrent({ found, wanted }: Comparison): boolean {
  return found === wanted;
}

/** Makes a file what it must be, and says in a word what that took. */
export function bringUpToDate(
  comparison: Comparison,
  root: string,
): "unchanged" | "written" | "new" | "removed" {
  if (isCurrent(comparison)) return "unchanged";
  const { found, wanted } = comparison;
  const path = join(root, comparison.path);
  if (wanted === undefined) {
    rmSync(path);
    return "removed";
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wanted);
  return found === undefined ? "new" : "written";
}

/** How a file differs from what it must be, in a few words. */
export function difference({ found, wanted }: Comparison): string {
  if (found === undefined) return "is missing";
  if (wanted === undefined) return "is of something that there is no more";
  const [lines, wantedLines] = [found.split("\n"), wanted.split("\n")];
  const index = lines.findIndex((line, at) => line !== wantedLines[at]);
  return `differs from line ${String((index === -1 ? lines.length : index) + 1)} on`;
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
