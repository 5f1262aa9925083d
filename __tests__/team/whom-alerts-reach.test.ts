import { unreachable } from "../../alerts/routing/problems";
import { receiversOf } from "../../alerts/routing/routes";
import { loadEnvironments } from "../../environments";
import { inhibitions, routingSettingsOf } from "../../stacks/system";
import { expectedAlerts } from "../support/expectations";
import { expectations } from "./expectations";

const environments = loadEnvironments(undefined);
const told = environments.map((environment) => ({
  name: environment.name,
  alerting: environment.alerting,
  settings: routingSettingsOf(environment),
}));

it("the expectations are of environments that there are", () => {
  expect(Object.keys(expectations).sort()).toEqual(environments.map(({ name }) => name).sort());
});

describe.each(told)("in $name", ({ name, alerting, settings }) => {
  const expected = () => environments.filter((each) => each.name === name).flatMap(expectedAlerts);

  it("the alerts reach whom they must reach", () => {
    expect(expected().map(({ labels }) => [labels, receiversOf(settings, labels)])).toEqual(
      expected().map(({ labels, receivers }) => [labels, receivers]),
    );
  });

  it("they reach every receiver, by every route", () => {
    const labels = expected().map((each) => each.labels);
    expect(unreachable(settings, labels, inhibitions)).toEqual([]);
    const reached = new Set(labels.flatMap((each) => receiversOf(settings, each)));
    for (const { name: receiver } of alerting.receivers) expect(reached).toContain(receiver);
  });
});
