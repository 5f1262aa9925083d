import { isAlert, ruleGroups } from "../../alerts/rule-files";
import { inhibitions } from "../../alerts/routing/inhibitions";
import { expectations } from "../../commands/lib/notifications/expectations";
import { ruleSettings } from "../support/rule-settings";

const rules = Object.values(ruleGroups(ruleSettings))
  .flatMap((groups) => groups.flatMap((group) => group.rules))
  .filter(isAlert);
const severities = [...new Set(rules.map(({ alert, severity }) => `${alert} ${severity}`))];

it("there is an expectation of whom each alert reaches, in each of its severities", () => {
  const expected = expectations.map(({ labels }) => `${labels.alertname ?? ""} ${labels.severity ?? ""}`);
  expect(severities.filter((each) => !expected.includes(each))).toEqual([]);
});

it("every alert that an inhibition names has a rule", () => {
  const names = rules.map(({ alert }) => alert);
  const named = inhibitions
    .flatMap(({ source, target }) => [...source, ...target])
    .filter(({ label }) => label === "alertname")
    .flatMap(({ value }) => value.split("|"));
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((name) => !names.includes(name))).toEqual([]);
});
