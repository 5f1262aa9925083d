import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Labels } from "../cards/subject";
import { isSafe, placeholdersOf } from "./placeholders";

/** Where the runbooks are, in the repository as in the image. */
const defaultFolder = join(__dirname, "..", "..", "..", "docs", "runbooks");

/** A runbook. */
export interface Runbook {
  /** The alert's name. */
  readonly name: string;
  /** Markdown. */
  readonly text: string;
  /** Names of what is to be filled in. */
  readonly placeholders: readonly string[];
}

/** The runbooks of a folder, read once. */
export class Runbooks {
  private readonly byName: ReadonlyMap<string, Runbook>;

  /** @param folder with a file `<alert>.md` for each; where there is none, there are no runbooks */
  constructor(folder: string = defaultFolder) {
    const files = existsSync(folder) ? readdirSync(folder).filter((file) => /^\w+\.md$/.test(file)) : [];
    this.byName = new Map(
      files.sort().map((file) => {
        const name = file.slice(0, -".md".length);
        const text = readFileSync(join(folder, file), "utf8");
        return [name, { name, text, placeholders: placeholdersOf(text) }];
      }),
    );
  }

  /** All names, sorted. */
  get names(): readonly string[] {
    return [...this.byName.keys()];
  }

  get(name: string): Runbook | undefined {
    return this.byName.get(name);
  }

  /**
   * The path of a runbook, from the inbox's root and without a slash before it, with those labels that fill in what it
   * leaves open. Undefined where there is none of this name.
   */
  pathOf(name: string, labels: Labels): string | undefined {
    const runbook = this.byName.get(name);
    return runbook && `runbooks/${name}${queryOf(runbook, labels)}`;
  }
}

/** The labels that a runbook has a place for, as a query; those that cannot be filled in are left out. */
export function queryOf({ placeholders }: Runbook, labels: Labels): string {
  const known = placeholders
    .map((name): [string, string] => [name, Object.hasOwn(labels, name) ? (labels[name] ?? "") : ""])
    .filter(([, value]) => isSafe(value));
  return known.length === 0 ? "" : `?${new URLSearchParams(known).toString()}`;
}
