import {
  countTests,
  failures,
  isBroken,
  ratioLine,
  ratiosIn,
  slowest,
  suitesOf,
  type JestResults,
} from "../../.ci/summary";

const run = (over: Partial<JestResults>): JestResults => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [],
  ...over,
});

const suite = (name: string, endTime = 2_000): JestResults["testResults"][number] => ({
  name: `/x/__tests__/${name}`,
  startTime: 1_000,
  endTime,
  status: "passed",
  message: "",
  assertionResults: [],
});

it("the count is that of all runs, and a suite that could not run has failed", () => {
  const runs = [
    run({ numPassedTests: 5, numPendingTests: 1 }),
    run({ numPassedTests: 2, numFailedTests: 1, numRuntimeErrorTestSuites: 1 }),
  ];
  expect(countTests(runs)).toEqual({ passed: 7, failed: 2, skipped: 1 });
});

it("the slowest suites come first, each with its time", () => {
  const runs = [
    run({ testResults: [suite("a.test.ts", 3_000), suite("b.test.ts", 61_000)] }),
    run({ testResults: [suite("e2e/c.test.ts", 11_400)] }),
  ];
  expect(slowest(suitesOf(runs), 2)).toEqual(["    60 s  b.test.ts", "    10 s  e2e/c.test.ts"]);
});

it("what failed is told with the beginning of its message, and a suite that could not run with its own", () => {
  const tests = [
    { status: "passed", fullName: "a holds", failureMessages: [] },
    {
      status: "failed",
      fullName: "b holds",
      failureMessages: [`\u001b[31mError: not b\u001b[39m\n\n${"    at x\n".repeat(20)}`],
    },
  ];
  const lines = failures([
    run({
      testResults: [
        suite("well.test.ts"),
        { ...suite("b.test.ts"), status: "failed", assertionResults: tests },
      ],
    }),
    run({ testResults: [{ ...suite("e2e/c.test.ts"), status: "failed", message: "Cannot find module" }] }),
  ]);
  expect(lines).toEqual([
    "  b.test.ts: b holds",
    "    Error: not b",
    ...Array.from({ length: 7 }, () => "        at x"),
    "  e2e/c.test.ts",
    "    Cannot find module",
  ]);
});

describe("the ratios that a benchmark prints", () => {
  it.each([
    ["ok    against loading cdktf alone: 3.19 (wanted: at most 4)", "against loading cdktf alone", 3.19, 4],
    [
      "MISS  evaluation, of the interval: 0.12 (wanted: at most 0.1)",
      "evaluation, of the interval",
      0.12,
      0.1,
    ],
    [
      "ours: metrics                    21.7 us  1.22x  at most 1.25  met",
      "ours: metrics 21.7 us",
      1.22,
      1.25,
    ],
  ])("are read from %s", (line, what, ratio, atMost) => {
    expect(ratiosIn(`PROGRAM  SECONDS\n${line}\nFastify, bare  17.8 us  1.00x  \n`)).toEqual([
      { what, ratio, atMost },
    ]);
  });

  it("are kept, missed, or beyond what a noisy machine explains, which alone fails a run", () => {
    const verdicts = [1, 1.01, 1.5, 1.51, NaN].map((ratio) => {
      const measured = { what: "x", ratio, atMost: 1 };
      return [ratioLine(measured).trim().split(" ")[0], isBroken(measured)];
    });
    expect(verdicts).toEqual([
      ["kept", false],
      ["MISSED", false],
      ["MISSED", false],
      ["BROKEN,", true],
      ["BROKEN,", true],
    ]);
  });
});
