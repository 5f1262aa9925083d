import { spawnSync } from "node:child_process";
import { findExecutable } from "../../demo/executables";
import type { Version } from "../../demo/versions";
import {
  alertmanagerProgram,
  blackboxExporterProgram,
  nodeExporterProgram,
  prometheusProgram,
} from "./programs";

/** A program that a suite starts. */
export interface Program {
  /** Name as it is typed, or an absolute path. */
  readonly name: string;
  /** How to get it, as a sentence. */
  readonly hint: string;
  /** The oldest version that will do. Default: any. */
  readonly oldest?: Version;
  /** What its `--version` prints, where another program has the same name. */
  readonly says?: RegExp;
}

/**
 * A suite of tests that needs programs. Where one is missing or too old the suite is skipped with a line that says how to get
 * it; with `E2E_REQUIRE=1` it fails.
 */
export function describeWith(programs: readonly Program[], title: string, fn: () => void): void {
  describeUnless(lackOf(programs), title, fn);
}

/**
 * A suite of tests that needs programs which no registry of packages has that CI reaches. Where one is missing or too old
 * the suite is skipped with a line that says so, whatever `E2E_REQUIRE` asks for.
 */
export function describeWhereThereIs(programs: readonly Program[], title: string, fn: () => void): void {
  const reason = lackOf(programs);
  if (reason === "") describe(title, fn);
  else skip(reason, title, fn);
}

/** Which programs are missing or too old, and how to get them, as sentences; empty where none is. */
export function lackOf(programs: readonly Program[]): string {
  return programs.flatMap(lacking).join(" ");
}

function lacking({ name, hint, oldest = [], says }: Program): readonly string[] {
  const found = findExecutable({ commands: [name], install: hint, oldest });
  if ("missing" in found) return [found.missing];
  if (says === undefined) return [];
  const { stdout, stderr } = spawnSync(found.path, ["--version"], { encoding: "utf8", timeout: 10_000 });
  return says.test(`${stdout}${stderr}`) ? [] : [`${found.path} is another program of that name. ${hint}`];
}

/** A suite of tests that cannot run for a reason, given as a sentence with what to do; an empty one is no reason. */
export function describeUnless(reason: string, title: string, fn: () => void): void {
  if (reason === "") {
    describe(title, fn);
  } else if (process.env.E2E_REQUIRE === "1") {
    describe(title, () => {
      it("finds what it needs", () => {
        throw new Error(reason);
      });
    });
  } else {
    skip(reason, title, fn);
  }
}

function skip(reason: string, title: string, fn: () => void): void {
  process.stderr.write(`SKIPPED ${title}: ${reason}\n`);
  // The reason is in the title too, for those who read the report only.
  describe.skip(`${title} (skipped: ${reason})`, fn);
}

/** A suite of tests that runs the demo with Prometheus, Alertmanager and node-exporter, of the deployed generation. */
export function describeWithDemo(title: string, fn: () => void): void {
  describeWith(demoPrograms, title, fn);
}

/** The same with a gateway that is asked from outside, too: by the blackbox exporter. */
export function describeWithProbedDemo(title: string, fn: () => void): void {
  describeWith([...demoPrograms, blackboxExporterProgram], title, fn);
}

/** What `describeWithDemo` needs. */
export const demoPrograms: readonly Program[] = [prometheusProgram, alertmanagerProgram, nodeExporterProgram];
