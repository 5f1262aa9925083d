import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A version's numbers, the first counting most; what is left out counts as 0. */
export type Version = readonly number[];

/** The numbers of a version such as `3.13.5`, `v0.35.0` or `2.42.0+ds`; undefined where it begins with none. */
export function parseVersion(text: string): Version | undefined {
  return /^v?(\d+(?:\.\d+)*)/.exec(text)?.[1]?.split(".").map(Number);
}

/** Whether a version is another one or newer. */
export function isAtLeast(version: Version, oldest: Version): boolean {
  const length = Math.max(version.length, oldest.length);
  const differing = Array.from({ length }, (_, index) => (version[index] ?? 0) - (oldest[index] ?? 0)).find(
    (difference) => difference !== 0,
  );
  return (differing ?? 0) >= 0;
}

/**
 * Version of a program of the Prometheus project, as it says it itself. One that Go built as a module says nothing:
 * then it is that of the module, which Go writes into the program.
 * @returns without `v`; undefined where neither tells
 */
export function versionOf(path: string): string | undefined {
  const { stdout, stderr } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 10_000 });
  const told = /version v?(\d[\d.]*)/.exec(`${stdout}${stderr}`)?.[1];
  return told ?? moduleVersion(readFileSync(path));
}

/** Releases whose modules have other numbers, by the module. */
const released: Readonly<Record<string, (version: string) => string>> = {
  // Prometheus 3.13.5 is v0.313.5.
  "github.com/prometheus/prometheus": (version) =>
    version.replace(
      /^0\.(\d)(\d\d)\./,
      (_, major: string, minor: string) => `${major}.${String(Number(minor))}.`,
    ),
  // Jaeger 2.13.0 is v1.76.0.
  "github.com/jaegertracing/jaeger": (version) =>
    version.replace(/^1\.(\d+)\./, (_, minor: string) => `2.${String(Number(minor) - 63)}.`),
};

/** Version of the module that a program was built of, from what Go writes into it. */
export function moduleVersion(program: Buffer): string | undefined {
  const marker = "\nmod\t";
  for (let at = program.indexOf(marker); at !== -1; at = program.indexOf(marker, at + 1)) {
    const line = program.toString("latin1", at + 1, at + 300);
    const [, module = "", version = ""] = /^mod\t(\S+)\tv(\d[\d.]*)/.exec(line) ?? [];
    if (version === "") continue;
    return released[module]?.(version) ?? version;
  }
  return undefined;
}

/** Version of an image by its tag, without `v`; undefined where the tag is none. */
export function imageVersion(image: string): string | undefined {
  return /:v?(\d[\d.]*)(?:-[a-z]+)?(?:@|$)/.exec(image)?.[1];
}
