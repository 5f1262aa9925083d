/**
 * Prints what a run of `.ci/run` found: `npx tsx .ci/report.ts FOLDER RUN...`, with Jest's results of each run as
 * `RUN.json`, the steps' seconds and exit statuses in `steps.tsv` and the benchmarks' output as `bench*.log`. Status 1 where a test or a step failed,
 * a result is missing, or a benchmark is far beyond its bound.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeVersion } from "../demo/words";
import { deployedVersions, testedVersions } from "./tested-versions";
import {
  countTests,
  failures,
  isBroken,
  ratioLine,
  ratiosIn,
  slowest,
  suitesOf,
  type JestResults,
  type Timed,
} from "./summary";

/** A step of `.ci/run`; its exit status is not 0 where it failed. */
interface Step extends Timed {
  readonly status: number;
}

const wantedBenchmarks = ["bench", "bench-instrumentation", "bench-review", "bench-rules"];

const [folder = ".", ...wantedRuns] = process.argv.slice(2);
const files = readdirSync(folder);
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const missing = [
  ...wantedRuns.map((name) => `${name}.json`),
  ...wantedBenchmarks.map((name) => `${name}.log`),
].filter((name) => !files.includes(name));

const resultsOf = (name: string) => JSON.parse(read(`${name}.json`)) as JestResults;
const found = wantedRuns.filter((name) => !missing.includes(`${name}.json`));
/** The other Node of `node_22` and `node_22-commands`: what these runs find is told apart, as they are the same tests. */
const nodeOf = (name: string) => /^node_\d+/.exec(name)?.[0];
const runs = found.filter((name) => nodeOf(name) === undefined).map(resultsOf);
const otherNodes = [...new Set(found.flatMap((name) => nodeOf(name) ?? []))].map((node) => {
  const runs = found.filter((name) => nodeOf(name) === node).map(resultsOf);
  return { runs, version: testedVersions()[node] ?? node, ...countTests(runs) };
});
const steps = read("steps.tsv")
  .trim()
  .split("\n")
  .map((line): Step => {
    const [seconds, name = "", status] = line.split("\t");
    return { name, seconds: Number(seconds), status: Number(status) };
  });
const benchmarks = wantedBenchmarks
  .filter((name) => !missing.includes(`${name}.log`))
  .map((name) => ({ name, ratios: ratiosIn(read(`${name}.log`)) }));
const { passed, failed, skipped } = countTests(runs);

print("What took how long: the steps", slowest(steps, steps.length));
print("The slowest suites (some ran beside one another)", slowest(suitesOf(runs), 15));
print("Ratios of the benchmarks", [
  ...benchmarks.flatMap(({ ratios }) => ratios.map(ratioLine)),
  ...benchmarks.filter(({ ratios }) => ratios.length === 0).map(({ name }) => `  BROKEN  ${name}: no ratio`),
]);
print(
  "Tested and deployed",
  deployedVersions().map((version) => `  ${describeVersion(version)}`),
);
print(
  "Not there",
  missing.map((name) => `  ${name}`),
);
print(
  "The unit tests, and those of the commands, with other versions of Node",
  otherNodes.map(
    ({ version, passed, failed }) => `  ${version}: ${String(passed)} passed, ${String(failed)} failed`,
  ),
);
print(
  "Steps that failed",
  steps
    .filter(({ status }) => status !== 0)
    .map(({ name, status }) => `  ${name}: exit status ${String(status)}`),
);
print("Failed", failures(runs));
for (const { version, runs } of otherNodes) print(`Failed with Node ${version}`, failures(runs));
console.log(`\n${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`);

const brokenBenchmark = benchmarks.some(({ ratios }) => ratios.length === 0 || ratios.some(isBroken));
const failsElsewhere = otherNodes.some((each) => each.failed > 0);
const failedStep = steps.some(({ status }) => status !== 0);
if (failed > 0 || failedStep || failsElsewhere || missing.length > 0 || brokenBenchmark) process.exitCode = 1;

function print(title: string, lines: readonly string[]): void {
  if (lines.length > 0) console.log(`\n${title}\n${lines.join("\n")}`);
}
