import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Names the contents of files in one word: it changes when one of them changes, comes or goes. */
export function hashOfFiles(folder: string, paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of [...paths].sort()) hash.update(`\0${path}\0`).update(readFileSync(join(folder, path)));
  return hash.digest("hex").slice(0, 32);
}

/**
 * All files at or below some paths.
 * @param paths from the folder; those that are not there are left out
 */
export function filesBelow(folder: string, paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const absolute = join(folder, path);
    if (!existsSync(absolute)) return [];
    const entries = readdirSafely(absolute);
    if (entries === undefined) return [path];
    return filesBelow(
      folder,
      entries.map((name) => `${path}/${name}`),
    );
  });
}

function readdirSafely(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return undefined;
    throw error;
  }
}
