import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AlertCase } from "../../alerts/cases";
import type { AlertRule, RuleGroup } from "../../alerts/rule";
import type { TestRuleSettings } from "./rule-settings";
import { renderRuleFile } from "../../alerts/rule-files";
import { groupsFor, promtoolTests, ruleOf } from "./rule-cases";

export { promtool } from "./programs";

/** A case, and the rule that is held against it. */
export interface RuleCheck {
  readonly one: AlertCase;
  /** Takes the place of the case's own rule. Default: that one. */
  readonly put?: AlertRule;
}

/**
 * What promtool, started once, says of each case; an empty text where all its tests pass.
 * @param folder an empty one
 */
export function failuresOf(
  checks: readonly RuleCheck[],
  settings: TestRuleSettings,
  folder: string,
): readonly string[] {
  const files = checks.map(({ one, put }, index) => {
    const rule = ruleOf(one, settings);
    return written(groupsFor(rule, settings, put), one, rule, settings, folder, String(index));
  });
  return failuresIn(files, folder);
}

/** As `failuresOf`, of a rule in groups of its own. */
export function failureWith(
  groups: readonly RuleGroup[],
  one: AlertCase,
  rule: AlertRule,
  settings: TestRuleSettings,
  folder: string,
): string {
  return failuresIn([written(groups, one, rule, settings, folder, "0")], folder)[0] ?? "";
}

/** Writes the rules and tests of a case below a folder, and says where its tests are in there. */
function written(
  groups: readonly RuleGroup[],
  one: AlertCase,
  rule: AlertRule,
  settings: TestRuleSettings,
  folder: string,
  name: string,
): string {
  const tests = {
    rule_files: ["rules.yml"],
    evaluation_interval: `${String(one.step ?? 30)}s`,
    tests: promtoolTests(one, settings, rule),
  };
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "rules.yml"), renderRuleFile(groups, settings));
  writeFileSync(join(folder, name, "tests.yml"), JSON.stringify(tests)); // JSON is YAML
  return join(name, "tests.yml");
}

function failuresIn(files: readonly string[], folder: string): readonly string[] {
  if (files.length === 0) return [];
  const args = ["test", "rules", "--junit=results.xml", ...files];
  const { status, stdout, stderr } = spawnSync("promtool", args, {
    cwd: folder,
    encoding: "utf8",
    // Its memory is small, and to collect it took a sixth of its time.
    env: { ...process.env, GOGC: "400" },
    timeout: 120_000 * files.length,
  });
  if (status === 0) return files.map(() => "");
  const results = readFileSync(join(folder, "results.xml"), "utf8");
  const suites = [...results.matchAll(/<testsuite name="([^"]*)"([^]*?)<\/testsuite>/g)];
  if (status !== 1 || suites.map(([, name]) => name).join() !== files.join())
    throw new Error(stdout + stderr);
  const failures = suites.map(([, , body = ""]) => [...body.matchAll(/<(?:failure|error)[^>]*>([^<]*)/g)]);
  if (failures.every((found) => found.length === 0)) throw new Error(stdout + stderr);
  return failures.map((found) => found.map(([, text = ""]) => unescaped(text)).join("\n"));
}

function unescaped(xml: string): string {
  return xml
    .replace(/&#(?:x([0-9A-F]+)|(\d+));/gi, (_, hexadecimal?: string, decimal?: string) =>
      String.fromCodePoint(hexadecimal === undefined ? Number(decimal) : parseInt(hexadecimal, 16)),
    )
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}
