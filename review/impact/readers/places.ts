import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReadVersion } from "../../version/version";
import type { RuleReader } from "./rules";

const texts = new Map<string, readonly string[] | undefined>();

/** Where a rule is written: file and line of the project where that is known, else of Prometheus's file. */
export function placeOfRule(
  { folder, sources }: ReadVersion,
  { kind, name, file, place }: RuleReader,
): string {
  const source = sources[`${kind} ${name}`];
  if (source === undefined) return `${file}:${String(place.line)}`;
  const line = linesOf(join(folder, source))?.findIndex((text) => text.includes(name)) ?? -1;
  return line === -1 ? source : `${source}:${String(line + 1)}`;
}

function linesOf(path: string): readonly string[] | undefined {
  if (!texts.has(path))
    texts.set(path, existsSync(path) ? readFileSync(path, "utf8").split("\n") : undefined);
  return texts.get(path);
}
