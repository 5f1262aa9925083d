import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/** The files in a folder. */
export interface FilesIn {
  /** Those that are wanted, each once whatever links lead to it, in the order of their paths. */
  readonly files: readonly { readonly path: string; readonly file: string; readonly bytes: number }[];
  /** How many others there are. */
  readonly others: number;
  /** What could not be looked at, a sentence each. */
  readonly notes: readonly string[];
}

const left: ReadonlySet<string> = new Set(["node_modules", ".git"]);

/**
 * Finds the files in a folder and in those within it. Links are followed, each folder is entered once.
 * @throws Error when there is no such folder
 */
export function filesIn(folder: string, isWanted: (name: string) => boolean): FilesIn {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Error(
      `There is no folder "${folder}": name one with dashboards, rules or configurations of others.`,
    );
  const seen = new Set<string>();
  const [files, notes]: [FilesIn["files"][number][], string[]] = [[], []];
  let others = 0;
  const look = (path: string): void => {
    const real = realpathSync(path);
    if (seen.has(real)) return;
    seen.add(real);
    const found = statSync(path);
    if (found.isDirectory()) {
      for (const name of readdirSync(path).sort()) if (!left.has(name)) attempt(join(path, name));
    } else if (found.isFile() && isWanted(path)) {
      files.push({ path, file: relative(folder, path), bytes: found.size });
    } else others += 1;
  };
  const attempt = (path: string): void => {
    try {
      look(path);
    } catch (error) {
      notes.push(`${relative(folder, path) || path} was not read: ${causeOf(error)}.`);
    }
  };
  attempt(folder);
  return { files, others, notes };
}

/** Why a file cannot be read, in words. */
export function causeOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "EACCES":
    case "EPERM":
      return "there is no right to read it";
    case "ENOENT":
      return "its link leads nowhere";
    case "ELOOP":
      return "its link leads to itself";
    default:
      return String(error instanceof Error ? error.message.split("\n")[0] : error).replace(/\.$/, "");
  }
}
