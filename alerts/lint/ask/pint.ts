import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding } from "../lint";
import type { ReadGroup, ReadRule } from "../read-rules";
import { named, type Answer } from "./answer";

/** What this reads of pint's report. */
interface Report {
  readonly path: string;
  readonly reporter: string;
  readonly problem: string;
  readonly lines: readonly number[];
}

/**
 * Asks pint for the files of groups as they stand on the disk, without a server; its own configuration (`.pint.hcl`)
 * holds.
 * @param program path of pint.
 * @throws Error when pint writes no report.
 */
export function askPint(program: string, groups: readonly ReadGroup[]): Answer {
  const files = [...new Set(groups.map(({ file }) => file))];
  const folder = mkdtempSync(join(tmpdir(), "pint-"));
  try {
    const report = join(folder, "report.json");
    const run = spawnSync(program, ["--offline", "--no-color", "lint", "--json", report, ...files], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    const version = spawnSync(program, ["version"], { encoding: "utf8" });
    const rules = groups.flatMap((group) => group.rules);
    return {
      asked: named("pint", version.stdout),
      findings: reportsIn(report, run.stderr).map((one) => findingOf(one, rules)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function reportsIn(file: string, said: string): readonly Report[] {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as readonly Report[];
  } catch {
    throw new Error(`pint wrote no report: ${said.trim().split("\n").at(-1) ?? ""}`);
  }
}

function findingOf({ path, reporter, problem, lines }: Report, rules: readonly ReadRule[]): Finding {
  const line = lines[0] ?? 1;
  const rule = rules.filter(({ file, place }) => file === path && place.line <= line).at(-1);
  return {
    file: path,
    line,
    group: rule?.group ?? "",
    rule: rule?.name ?? "",
    check: `pint ${reporter}`,
    message: problem.replace(/\s+/g, " "),
  };
}
