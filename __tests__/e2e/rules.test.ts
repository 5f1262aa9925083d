import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../../environments";
import { productsSoldOut } from "../alerts/examples/sold-out";
import { productsSoldOutCase } from "../alerts/examples/sold-out.cases";
import { failureWith, promtool } from "../support/promtool";
import { describeWith } from "../support/require-program";
import { ruleFilesOf } from "../../stacks/system";
import { renderRuleFiles, ruleSettings } from "../support/rule-settings";
import { temporaryFolder } from "../support/temporary-folder";

describeWith([promtool], "rules, by promtool", () => {
  const folder = temporaryFolder();

  it("the documented example", () => {
    const groups = [{ name: "stock", rules: [productsSoldOut] }];
    expect(failureWith(groups, productsSoldOutCase, productsSoldOut, ruleSettings, folder())).toBe("");
  });

  it("the Watchdog, whatever there is", () => {
    const work = folder();
    writeFileSync(join(work, "monitoring.yml"), renderRuleFiles(ruleSettings)["monitoring.yml"] ?? "");
    const firing = {
      exp_labels: { alertname: "Watchdog", severity: "none", environment: "test", service: "prometheus" },
      exp_annotations: {
        summary: "Alerts arrive",
        description: "This alert always fires. Where it stops, no other alert arrives either.",
        runbook_url: "https://example.com/runbooks/Watchdog.md",
        dashboard_url: "https://grafana.example.com/d/monitoring",
      },
    };
    const check = (seconds: number) => ({
      eval_time: `${String(seconds)}s`,
      alertname: "Watchdog",
      exp_alerts: [firing],
    });
    const tests = { rule_files: ["monitoring.yml"], tests: [{ alert_rule_test: [check(0), check(3600)] }] };
    writeFileSync(join(work, "tests.yml"), JSON.stringify(tests));
    const { stdout, stderr, status } = spawnSync("promtool", ["test", "rules", "tests.yml"], {
      cwd: work,
      encoding: "utf8",
    });
    expect({ status, output: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, output: "" });
  });

  it.each(loadEnvironments(undefined).map((environment) => [environment.name, environment] as const))(
    "takes the files of %s",
    (_, environment) => {
      const work = folder();
      const files = ruleFilesOf(environment);
      for (const [name, text] of Object.entries(files)) writeFileSync(join(work, name), text);
      const { stdout, stderr, status } = spawnSync("promtool", ["check", "rules", ...Object.keys(files)], {
        cwd: work,
        encoding: "utf8",
      });
      expect({ status, output: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, output: "" });
    },
  );
});
