import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { promtool } from "../support/promtool";
import { refused, taken, takenWithFlags } from "../support/promql-verdicts";
import { describeWith } from "../support/require-program";
import { alertWith } from "../support/rule-findings";
import { refusedTemplates, takenTemplates } from "../support/template-verdicts";
import { temporaryFolder } from "../support/temporary-folder";

const newFolder = temporaryFolder();
const flags =
  "--enable-feature=promql-experimental-functions,promql-duration-expr,promql-extended-range-selectors";

/** Which of the rules of a group promtool refuses, by their place from 0. */
function refusedRules(rules: readonly object[], ...args: string[]): Set<number> {
  const { stdout, stderr } = spawnSync("promtool", [...args, "check", "rules", "--lint=none"], {
    input: JSON.stringify({ groups: [{ name: "g", rules }] }),
    encoding: "utf8",
  });
  return new Set(
    [...`${stdout}${stderr}`.matchAll(/group "g", rule (\d+),/g)].map(([, one]) => Number(one) - 1),
  );
}

function verdictsOn(expressions: readonly string[], ...args: string[]): boolean[] {
  const found = refusedRules(
    expressions.map((expr, index) => ({ record: `r:${String(index)}:x`, expr })),
    ...args,
  );
  return expressions.map((_, index) => !found.has(index));
}

function verdictsOnTemplates(templates: readonly string[]): boolean[] {
  const rules = templates.map((summary, index) => ({
    alert: `A${String(index)}`,
    expr: "up",
    annotations: { summary },
  }));
  const found = refusedRules(rules);
  return templates.map((_, index) => !found.has(index));
}

/** Those of some texts on which promtool's verdict is as asked. */
function those<T extends string>(texts: readonly T[], verdicts: readonly boolean[], isTaken: boolean): T[] {
  return texts.filter((_, index) => verdicts[index] === isTaken);
}

describeWith([promtool], "What the rules' linter holds for PromQL, by promtool", () => {
  it("takes what is said to be taken", () => {
    expect(those(taken, verdictsOn(taken), false)).toEqual([]);
  });

  it("takes the experimental with flags only", () => {
    expect(those(takenWithFlags, verdictsOn(takenWithFlags, flags), false)).toEqual([]);
    expect(those(takenWithFlags, verdictsOn(takenWithFlags), true)).toEqual([]);
  });

  it("refuses what is said to be refused", () => {
    expect(those(refused, verdictsOn(refused, flags), true)).toEqual([]);
  });

  it("takes and refuses the templates", () => {
    expect(those(takenTemplates, verdictsOnTemplates(takenTemplates), false)).toEqual([]);
    expect(those(refusedTemplates, verdictsOnTemplates(refusedTemplates), true)).toEqual([]);
  });
});

describeWith([promtool], "npm run lint:rules, where promtool is installed", () => {
  it("asks it, says so, and tells once what both find", () => {
    const folder = newFolder();
    const rules = [
      alertWith({ expr: "rate(x) > 0" }),
      alertWith({ alert: "Offset", expr: "limitk(1, up) == 0" }),
    ];
    writeFileSync(join(folder, "a.yml"), stringify({ groups: [{ name: "g", rules }] }));
    const root = resolve(__dirname, "../..");
    const command = [
      join(root, "node_modules/tsx/dist/cli.mjs"),
      join(root, "commands/lint-rules.ts"),
      "--json",
      "a.yml",
    ];
    const { status, stdout } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
    expect(status).toBe(1);
    const { asked, findings } = JSON.parse(stdout) as { asked: string[]; findings: { check: string }[] };
    expect(asked[0]).toMatch(/^promtool/);
    expect(findings.filter(({ check }) => !check.startsWith("pint")).map(({ check }) => check)).toEqual([
      "syntax",
    ]);
  });
});
