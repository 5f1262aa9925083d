import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder";

const root = join(__dirname, "../..");
const makeFolder = temporaryFolder();
const runs = ["unit", "e2e", "demo", "watched", "node_20", "node_20-commands"];

const counts = { numPassedTests: 2, numFailedTests: 0, numPendingTests: 1, numRuntimeErrorTestSuites: 0 };
const suite = {
  name: "/x/__tests__/a.test.ts",
  startTime: 0,
  endTime: 7_000,
  status: "passed",
  message: "",
  assertionResults: [],
};
const failedTest = { status: "failed", fullName: "a service starts", failureMessages: ["Error: no"] };
const failedSuite = {
  ...suite,
  name: "/x/__tests__/e2e/b.test.ts",
  status: "failed",
  assertionResults: [failedTest],
};
const failedRun = JSON.stringify({ ...counts, numFailedTests: 1, testResults: [failedSuite] });

/** What the report says of a run whose results are these files, in place of sound ones or on top of them. */
function reportOf(files: Readonly<Record<string, string | undefined>>) {
  const folder = makeFolder();
  const results = JSON.stringify({ ...counts, testResults: [suite] });
  const ratio = "ok    what: 1.00 (wanted: at most 1)\n";
  const sound = {
    ...Object.fromEntries(runs.map((name) => [`${name}.json`, results])),
    ...Object.fromEntries(
      ["bench", "bench-instrumentation", "bench-review", "bench-rules"].map((name) => [`${name}.log`, ratio]),
    ),
    "steps.tsv": "3\tnpm ci\t0\n125\tnpm test\t0\n",
  };
  for (const [name, text] of Object.entries({ ...sound, ...files })) {
    if (text !== undefined) writeFileSync(join(folder, name), text);
  }
  const args = ["--import", "tsx", ".ci/report.ts", folder, ...runs];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return { status, lines: (stdout + stderr).trimEnd().split("\n") };
}

it("of a sound run lists the steps, slowest first, and ends with the count", () => {
  const { status, lines } = reportOf({});
  expect(status).toBe(0);
  expect(lines.filter((line) => line.includes(" npm "))).toEqual(["   125 s  npm test", "     3 s  npm ci"]);
  expect(lines).toContain("     7 s  a.test.ts");
  expect(lines).toContain("  20.9.0: 4 passed, 0 failed");
  expect(lines.at(-1)).toBe("8 passed, 0 failed, 4 skipped");
});

it.each([
  ["whose tests have not come to an end", { "e2e.json": undefined }, "  e2e.json"],
  ["with a benchmark that printed nothing", { "bench.log": "" }, "  BROKEN  bench: no ratio"],
  [
    "with a ratio far beyond its bound",
    { "bench.log": "MISS  what: 1.60 (wanted: at most 1)\n" },
    "  BROKEN, beyond 1.5 times  what: 1.60 (wanted: at most 1)",
  ],
  ["with a step that failed", { "steps.tsv": "9\tFormat\t1\n" }, "  Format: exit status 1"],
  ["whose tests failed", { "e2e.json": failedRun }, "  e2e/b.test.ts: a service starts"],
  ["whose tests failed with another Node", { "node_20.json": failedRun }, "Failed with Node 20.9.0"],
  [
    "whose commands failed with another Node",
    { "node_20-commands.json": failedRun },
    "Failed with Node 20.9.0",
  ],
  ["that has not run with another Node", { "node_20.json": undefined }, "  node_20.json"],
])("of a run %s says so, and fails", (_, files, line) => {
  const { status, lines } = reportOf(files);
  expect(status).toBe(1);
  expect(lines).toContain(line);
});
