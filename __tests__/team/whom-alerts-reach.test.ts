import { routingOf } from "../../alerts/alertmanager-configuration";
import { unreachable } from "../../alerts/routing/problems";
import { receiversOf } from "../../alerts/routing/routes";
import { loadEnvironments } from "../../environments";
import { expectedAlerts } from "../support/expectations";
import { expectations } from "./expectations";

const environments = loadEnvironments(undefined);
const told = environments.map(({ name, alerting, services }) => ({
  name,
  alerting,
  settings: routingOf(
    alerting,
    services.map((service) => service.name),
  ),
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
    expect(unreachable(settings, labels)).toEqual([]);
    const reached = new Set(labels.flatMap((each) => receiversOf(settings, each)));
    for (const { name: receiver } of alerting.receivers) expect(reached).toContain(receiver);
  });
});
