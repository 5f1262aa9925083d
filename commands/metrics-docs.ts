import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { catalogueMarkdown } from "../metrics/markdown";

/** `npm run metrics:docs` writes docs/metrics.md; `npm run metrics:docs:check` says whether it is up to date. */
const file = join(__dirname, "..", "docs", "metrics.md");
const usage =
  "usage: metrics-docs [--check]\n  --check   write nothing; exit status 1 when docs/metrics.md is stale\n";

/** @returns the exit status. */
function main(args: readonly string[]): number {
  let check: boolean | undefined;
  try {
    check = parseArgs({ args: [...args], options: { check: { type: "boolean" } } }).values.check;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 1;
  }
  const name = relative(process.cwd(), file);
  const wanted = catalogueMarkdown();
  const found = read();
  if (found === wanted) {
    process.stdout.write(`${name} is up to date.\n`);
    return 0;
  }
  if (check === true) {
    const line =
      found === undefined
        ? "it does not exist"
        : `it differs from line ${String(firstDifference(found, wanted))} on`;
    process.stderr.write(
      `${name} is stale (${line}): run "npm run metrics:docs" and commit what it writes.\n`,
    );
    return 1;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, wanted);
  process.stdout.write(`${name} written.\n`);
  return 0;
}

function read(): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Number of the first line that differs, from 1. */
function firstDifference(found: string, wanted: string): number {
  const lines = wanted.split("\n");
  const index = found.split("\n").findIndex((line, at) => line !== lines[at]);
  return (index === -1 ? found.split("\n").length : index) + 1;
}

process.exitCode = main(process.argv.slice(2));
