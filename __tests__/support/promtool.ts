import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AlertCase } from "../../alerts/cases";
import type { AlertRule, RuleGroup, RuleSettings } from "../../alerts/rule";
import { renderRuleFile } from "../../alerts/rule-files";
import { groupsFor, promtoolTests, ruleOf } from "./rule-cases";

export const promtool = { name: "promtool", hint: "On Debian: apt-get install prometheus." };

/**
 * What promtool says of a case; an empty text where all its tests pass.
 * @param put rule that takes the place of the case's own; default: that one.
 */
export function failureOf(one: AlertCase, settings: RuleSettings, folder: string, put?: AlertRule): string {
  const rule = ruleOf(one, settings);
  return failureWith(groupsFor(rule, settings, put), one, rule, settings, folder);
}

/** As `failureOf`, of a rule in groups of its own. */
export function failureWith(
  groups: readonly RuleGroup[],
  one: AlertCase,
  rule: AlertRule,
  settings: RuleSettings,
  folder: string,
): string {
  writeFileSync(join(folder, "rules.yml"), renderRuleFile(groups, settings));
  const tests = {
    rule_files: ["rules.yml"],
    evaluation_interval: `${String(one.step ?? 30)}s`,
    tests: promtoolTests(one, settings, rule),
  };
  writeFileSync(join(folder, "tests.yml"), JSON.stringify(tests)); // JSON is YAML
  const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", "tests.yml"], {
    cwd: folder,
    encoding: "utf8",
    timeout: 120_000,
  });
  return status === 0 ? "" : stdout + stderr;
}
