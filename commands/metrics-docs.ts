import "./lib/load-failure";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { catalogueMarkdown } from "../metrics/markdown";
import { CommandError, run } from "./lib/cli";
import { parseOptions } from "./lib/options";

const file = join(__dirname, "..", "docs", "metrics.md");
const help = `Writes docs/metrics.md from the catalogue of metrics.

npm run metrics:docs
npm run metrics:docs:check    write nothing; exit status 1 when docs/metrics.md is stale`;

run(help, (args) => {
  const { check } = parseOptions({ args, options: { check: { type: "boolean", default: false } } }).values;
  const name = relative(process.cwd(), file);
  const wanted = catalogueMarkdown();
  const found = read();
  if (found === wanted) {
    console.log(`${name} is up to date.`);
    return;
  }
  if (check) {
    const where =
      found === undefined
        ? "it does not exist"
        : `it differs from line ${String(firstDifference(found, wanted))} on`;
    throw new CommandError(
      `${name} is stale (${where}): run "npm run metrics:docs" and commit what it writes.`,
    );
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, wanted);
  console.log(`${name} written.`);
});

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
