import type { AlertCase } from "../../alerts/cases";
import type { AlertRule } from "../../alerts/rule";
import { failuresOf, promtool } from "../support/promtool";
import { describeWith } from "../support/require-program";
import { ruleOf } from "../support/rule-cases";
import { type Mutant, mutantsOf, withMovedLimit } from "../support/rule-mutants";
import { ruleSettings } from "../support/rule-settings";
import { alertCases } from "../support/system";
import { temporaryFolder } from "../support/temporary-folder";

/** Mutants that behave as the rule does: a count of Alertmanagers is below 0.5 where it is below 1. */
const equivalent = ["max_over_time(prometheus_notifications_alertmanagers_discovered[5m]) < 0.5"];

/** Rules, each with all of its cases. Of the objectives' eight, whose runs are long, the two fastest. */
const rules = new Map<string, { readonly rule: AlertRule; readonly cases: AlertCase[] }>();
for (const one of alertCases.filter(({ labels }) => labels.long === undefined || labels.long === "1h")) {
  const rule = ruleOf(one, ruleSettings);
  const name = `${rule.alert}, ${rule.severity}`;
  const known = rules.get(name);
  if (known === undefined) rules.set(name, { rule, cases: [one] });
  else known.cases.push(one);
}

describeWith([promtool], "a rule broken on purpose fails its cases", () => {
  const folder = temporaryFolder();
  /** Those that no case notices: each case looks at what the cases before it left. */
  const survivorsOf = (mutants: readonly Mutant[], cases: readonly AlertCase[]) =>
    cases.reduce((left, one) => {
      const checks = left.map(({ rule }) => ({ one, put: rule }));
      const failures = failuresOf(checks, ruleSettings, folder());
      return left.filter((_, index) => failures[index] === "");
    }, mutants);

  it.each([...rules].map(([name, { rule, cases }]) => [name, rule, cases] as const))(
    "%s",
    (_, rule, cases) => {
      const moved = [2.5, 0.5].flatMap((factor) => withMovedLimit(rule, factor) ?? []);
      const survivors = survivorsOf([...mutantsOf(rule), ...moved], cases);
      const names = survivors.map(({ what }) => what);
      expect(names.filter((name) => !equivalent.includes(name))).toEqual([]);
    },
    // Of what compares with a week before each run is long.
    1_200_000,
  );
});
