import { unreachable } from "../../alerts/routing/problems";
import { receiversOf } from "../../alerts/routing/routes";
import { loadEnvironments } from "../../environments";
import { inhibitionsHere, routingSettingsOf } from "../../stacks/system";
import { expectedAlerts, withExpectations } from "../support/expectations";
import { expectations } from "../../shop/expectations";

const all = loadEnvironments(undefined);
const environments = withExpectations(all);
const told = environments.map((environment) => ({
  name: environment.name,
  alerting: environment.alerting,
  settings: routingSettingsOf(environment),
  inhibitions: inhibitionsHere(environment),
}));

it("the expectations are of environments that there are", () => {
  expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(expectations)));
  expect(environments.length).toBeGreaterThan(0);
});

describe.each(told)("in $name", ({ name, alerting, settings, inhibitions }) => {
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
