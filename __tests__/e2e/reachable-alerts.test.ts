import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AlertCase, CaseSeries } from "../../alerts/cases";
import { type AlertRule, isAlert } from "../../alerts/rule";
import { renderRuleFile } from "../../alerts/rule-files";
import { ruleSettingsOf } from "../../stacks/rule-settings";
import { watchedOf } from "../../stacks/system";
import { type Environment, loadEnvironments } from "../support/environments";
import { promtool } from "../support/programs";
import { placedSeries } from "../support/reachable-states";
import { describeWith } from "../support/require-program";
import { faultyValues, groupsAround, usualMinutes } from "../support/rule-cases";
import { alertCases, system } from "../support/system";
import { temporaryFolder } from "../support/temporary-folder";

/** Each alert of an environment once: those of other services, jobs and objectives of the same kind are like it. */
function alertsOf(environment: Environment): AlertRule[] {
  const rules = Object.values(watchedOf(environment).groups)
    .flat()
    .flatMap((group) => group.rules.filter(isAlert))
    .filter(({ severity }) => severity !== "none");
  const kind = ({ alert, severity, labels = {} }: AlertRule) =>
    JSON.stringify([
      alert,
      severity,
      Object.entries(labels).filter(([label]) => label === "long" || label === "limit"),
    ]);
  return rules.filter((rule, index) => rules.findIndex((other) => kind(other) === kind(rule)) === index);
}

/** The cases of an alert, that of its own window first: an environment may have other windows than the cases. */
function casesOf(rule: AlertRule): AlertCase[] {
  const own = alertCases.filter(({ alert, severity }) => alert === rule.alert && severity === rule.severity);
  const { limit } = rule.labels ?? {};
  return own.filter(
    ({ labels }) => limit === undefined || labels.limit === undefined || labels.limit === limit,
  );
}

describeWith(
  [promtool],
  "every alert of every environment fires in a state that its own targets can be in",
  () => {
    const folder = temporaryFolder();
    const seen = new Set<string>();

    describe.each(loadEnvironments(undefined).map((environment) => [environment.name, environment] as const))(
      "%s",
      (_, environment) => {
        const watched = watchedOf(environment);
        const groups = Object.values(watched.groups).flat();

        it.each(alertsOf(environment).map((rule) => [`${rule.alert}, ${rule.severity}`, rule] as const))(
          "%s",
          (_name, rule) => {
            const settings = ruleSettingsOf(environment, system);
            const text = renderRuleFile(groupsAround(rule, groups), settings);
            // One of its cases is enough.
            const failures: string[] = [];
            for (const one of casesOf(rule)) {
              const test = firing(rule, one, placedSeries(watched, rule, one));
              const failure = failureOf(text, test, environment, folder(), seen);
              if (failure === "") return;
              failures.push(failure);
            }
            throw new Error(failures.join("\n") || "There is no case.");
          },
          120_000,
        );
      },
    );
  },
);

/** That an alert has fired when a case has been beyond its edge for as long as it says. */
function firing(rule: AlertRule, one: AlertCase, series: readonly CaseSeries[]) {
  const { step = 30, samplesAfter = 0, minutes = usualMinutes } = one;
  const between = samplesAfter > 0 ? " _".repeat(step / samplesAfter - 1) : "";
  const alert = `ALERTS{alertname="${rule.alert}", severity="${rule.severity}", alertstate="firing"}`;
  return {
    step,
    interval: `${String(samplesAfter > 0 ? samplesAfter : step)}s`,
    input_series: series.map((input) => ({
      series: input.series,
      values:
        (samplesAfter > 0 ? "_ " : "") +
        faultyValues(input, minutes, step)
          .map((value) => value + between)
          .join(" "),
    })),
    promql_expr_test: [
      {
        expr: `count(count_over_time(${alert}[${String(minutes.faulty)}m])) >= bool 1`,
        eval_time: `${String((minutes.healthy + minutes.faulty) * 60 - step)}s`,
        exp_samples: [{ labels: "{}", value: 1 }],
      },
    ],
  };
}

/** What promtool says of a test; nothing where it passes, or has passed before. */
function failureOf(
  rules: string,
  { step, ...test }: ReturnType<typeof firing>,
  { name }: Environment,
  folder: string,
  seen: Set<string>,
): string {
  const key = JSON.stringify([rules, test])
    .replaceAll(`environment: ${name}`, "")
    .replaceAll(`\\"${name}\\"`, "");
  if (seen.has(key)) return "";
  const own = join(folder, String(seen.size));
  mkdirSync(own);
  writeFileSync(join(own, "rules.yml"), rules);
  const tests = { rule_files: ["rules.yml"], evaluation_interval: `${String(step)}s`, tests: [test] };
  writeFileSync(join(own, "tests.yml"), JSON.stringify(tests));
  const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", "tests.yml"], {
    cwd: own,
    encoding: "utf8",
  });
  if (status === 0) seen.add(key);
  return status === 0 ? "" : stdout + stderr;
}
