import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** All files below a folder, by their path in it. */
export function readFiles(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return new Map(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** Paths of the files below a folder, less some, that hold a text. They are looked into one at a time. */
export function filesWith(text: string, folder: string, less = /^$/): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => !less.test(path) && statSync(join(folder, path)).isFile())
    .filter((path) => readFileSync(join(folder, path)).includes(text));
}
