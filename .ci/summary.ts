import { basename } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** A suite or a step and how long it took. */
export interface Timed {
  readonly name: string;
  readonly seconds: number;
}

/** What Jest writes with `--json`, as far as it is read here. */
export interface JestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    /** Path of the suite. */
    readonly name: string;
    /** Milliseconds since 1970. */
    readonly startTime: number;
    readonly endTime: number;
    readonly status: string;
    /** Why it failed; of a suite that could not run, nothing else says so. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** A ratio that a benchmark measured, beside the one that is wanted. */
export interface MeasuredRatio {
  readonly what: string;
  readonly ratio: number;
  readonly atMost: number;
}

/** How many times what is wanted a ratio may be before a run fails: a machine that does other work moves it that far. */
export const toleratedTimes = 1.5;

/** The tests of all runs together; a suite that could not run counts as a failed test. */
export function countTests(runs: readonly JestResults[]): {
  passed: number;
  failed: number;
  skipped: number;
} {
  const sum = (count: (run: JestResults) => number) => runs.reduce((total, run) => total + count(run), 0);
  return {
    passed: sum((run) => run.numPassedTests),
    failed: sum((run) => run.numFailedTests + run.numRuntimeErrorTestSuites),
    skipped: sum((run) => run.numPendingTests),
  };
}

/** How many lines of a failure are told. */
const toldLines = 8;

/** Every test that failed, with its suite and how its failure begins; of a suite that could not run, why. */
export function failures(runs: readonly JestResults[]): string[] {
  return runs
    .flatMap(({ testResults }) => testResults)
    .filter(({ status }) => status === "failed")
    .flatMap(({ name, message, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === "failed");
      if (failed.length === 0) return [`  ${suiteName(name)}`, ...beginning(message)];
      return failed.flatMap(({ fullName, failureMessages }) => [
        `  ${suiteName(name)}: ${fullName}`,
        ...beginning(failureMessages[0] ?? ""),
      ]);
    });
}

function beginning(message: string): string[] {
  return stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, toldLines)
    .map((line) => `    ${line.trimEnd()}`);
}

function suiteName(path: string): string {
  return path.split("/__tests__/").at(-1) ?? basename(path);
}

/** The suites of all runs by their path below `__tests__`. */
export function suitesOf(runs: readonly JestResults[]): Timed[] {
  return runs
    .flatMap(({ testResults }) => testResults)
    .map(({ name, startTime, endTime }) => ({
      name: suiteName(name),
      seconds: (endTime - startTime) / 1000,
    }));
}

/** Lines of the slowest, the slowest first. */
export function slowest(timed: readonly Timed[], count: number): string[] {
  return [...timed]
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, count)
    .map(({ name, seconds }) => `${seconds.toFixed(0).padStart(6)} s  ${name}`);
}

/** The ratios in what a benchmark printed: every number that has "at most" and another one behind it. */
export function ratiosIn(output: string): MeasuredRatio[] {
  const line = /^(?:ok|MISS)?\s*(.+?):?\s+(\d+(?:\.\d+)?)x?\s+\(?(?:wanted: )?at most (\d+(?:\.\d+)?)/gm;
  return [...output.matchAll(line)].map(([, what = "", ratio, atMost]) => ({
    what: what.replace(/\s+/g, " "),
    ratio: Number(ratio),
    atMost: Number(atMost),
  }));
}

/** A line on a ratio: kept, missed, or too far beyond to be the machine's noise. */
export function ratioLine({ what, ratio, atMost }: MeasuredRatio): string {
  const verdict =
    ratio <= atMost
      ? "kept"
      : ratio <= atMost * toleratedTimes
        ? "MISSED"
        : `BROKEN, beyond ${String(toleratedTimes)} times`;
  return `  ${verdict.padEnd(6)}  ${what}: ${ratio.toFixed(2)} (wanted: at most ${String(atMost)})`;
}

/** Whether a ratio fails the run. */
export function isBroken({ ratio, atMost }: MeasuredRatio): boolean {
  return !(ratio <= atMost * toleratedTimes);
}
