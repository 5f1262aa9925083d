import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AlertCase } from "../../alerts/cases";
import type { AlertRule, RuleSettings } from "../../alerts/rule";
import { renderRuleFile } from "../../alerts/rule-files";
import { groupsFor, promtoolTests, ruleOf } from "./rule-cases";

export const promtool = { name: "promtool", hint: "On Debian: apt-get install prometheus." };

/** What promtool says of a case; an empty text where all its tests pass. */
export function failureOf(one: AlertCase, settings: RuleSettings, folder: string, put?: AlertRule): string {
  const rule = ruleOf(one, settings);
  writeFileSync(join(folder, "rules.yml"), renderRuleFile(groupsFor(rule, settings, put), settings));
  const tests = {
    rule_files: ["rules.yml"],
    evaluation_interval: `${String(one.step ?? 30)}s`,
    tests: promtoolTests(one, settings),
  };
  writeFileSync(join(folder, "tests.yml"), JSON.stringify(tests)); // JSON is YAML
  const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", "tests.yml"], {
    cwd: folder,
    encoding: "utf8",
    timeout: 120_000,
  });
  return status === 0 ? "" : stdout + stderr;
}
