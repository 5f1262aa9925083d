import { executableKinds, findExecutable } from "../../commands/lib/demo/executables";
import { findProgram } from "../../commands/lib/find-program";

/** A program that a suite starts. */
export interface Program {
  /** Name as it is typed, or an absolute path. */
  readonly name: string;
  /** How to get it, as a sentence. */
  readonly hint: string;
}

/**
 * A suite of tests that needs programs. Where one is missing the suite is skipped with a line that says how to get
 * it; with `E2E_REQUIRE=1` it fails.
 */
export function describeWith(programs: readonly Program[], title: string, fn: () => void): void {
  const missing = programs.filter(({ name }) => findProgram(name) === undefined);
  const reason = missing.map(({ name, hint }) => `${name} is not on PATH. ${hint}`).join(" ");
  describeUnless(reason, title, fn);
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
    process.stderr.write(`SKIPPED ${title}: ${reason}\n`);
    // The reason is in the title too, for those who read the report only.
    describe.skip(`${title} (skipped: ${reason})`, fn);
  }
}

/** A suite of tests that runs the demo with all of its programs. */
export function describeWithDemo(title: string, fn: () => void): void {
  const found = executableKinds.map(findExecutable);
  describeUnless(found.flatMap((one) => ("missing" in one ? one.missing : [])).join(" "), title, fn);
}
