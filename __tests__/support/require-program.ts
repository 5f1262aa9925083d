import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A program that a suite starts. */
export interface Program {
  /** Name as it is typed. */
  readonly name: string;
  /** How to get it, as a sentence. */
  readonly hint: string;
}

/** Where a program is found on PATH, if it is. */
export function findProgram(name: string): string | undefined {
  for (const directory of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(directory, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not here; it may be in the next one.
    }
  }
  return undefined;
}

/**
 * A suite of tests that needs programs. Where one is missing the suite is skipped with a line that says how to get
 * it; with `E2E_REQUIRE=1` it fails.
 */
export function describeWith(programs: readonly Program[], title: string, fn: () => void): void {
  const missing = programs.filter(({ name }) => findProgram(name) === undefined);
  if (missing.length === 0) {
    describe(title, fn);
    return;
  }
  const reason = missing.map(({ name, hint }) => `${name} is not on PATH. ${hint}`).join(" ");
  if (process.env.E2E_REQUIRE === "1") {
    describe(title, () => {
      it("finds its programs", () => {
        throw new Error(reason);
      });
    });
    return;
  }
  process.stderr.write(`SKIPPED ${title}: ${reason}\n`);
  // The reason is in the title too, for those who read the report only.
  describe.skip(`${title} (skipped: ${reason})`, fn);
}
