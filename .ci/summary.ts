import { basename } from "node:path";

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

/** The suites of all runs by their path below `__tests__`. */
export function suitesOf(runs: readonly JestResults[]): Timed[] {
  return runs
    .flatMap(({ testResults }) => testResults)
    .map(({ name, startTime, endTime }) => ({
      name: name.split("/__tests__/").at(-1) ?? basename(name),
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
