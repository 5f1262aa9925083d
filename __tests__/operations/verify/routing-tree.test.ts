import { integrationsOf, longestWait, routingDifferences } from "../../../operations/verify/routing-tree";
import { alertmanagerConfigurationOf } from "../../../stacks/system";
import { loadEnvironments } from "../../support/environments";

const rendered = `
route:
  receiver: team
  group_by: [alertname, service]
  group_wait: 30s
  group_interval: 5m
  routes:
    - { receiver: pager, matchers: ['severity="critical"', 'service=~"a|b"'], continue: true, group_wait: 0s }
    - { receiver: team, matchers: ['severity="warning"'], active_time_intervals: [hours] }
receivers:
  - name: team
    slack_configs: [{ send_resolved: true }]
  - name: pager
    pagerduty_configs: [{}]
    email_configs: [{}]
inhibit_rules:
  - { source_matchers: ['severity="critical"'], target_matchers: ['severity="warning"'], equal: [service, alertname] }
time_intervals:
  - name: hours
`;

/** As Alertmanager gives it back: with its defaults, in its own way of writing. */
const understood = `
global: { resolve_timeout: 5m, smtp_require_tls: true }
route:
  receiver: team
  group_by: [service, alertname]
  continue: false
  group_wait: 30s
  group_interval: 5m
  routes:
    - { receiver: pager, matchers: ['service=~"a|b"', severity="critical"], continue: true, group_wait: 0s }
    - { receiver: team, matchers: [severity="warning"], continue: false, active_time_intervals: [hours] }
receivers:
  - name: team
    slack_configs: [{ send_resolved: true, api_url: <secret>, color: red }]
  - name: pager
    email_configs: [{ send_resolved: false }]
    pagerduty_configs: [{ send_resolved: true }]
inhibit_rules:
  - { source_matchers: [severity="critical"], target_matchers: [severity="warning"], equal: [alertname, service] }
time_intervals:
  - name: hours
    time_intervals: []
`;

const differing = (from: string, to: string) =>
  routingDifferences(rendered, understood.replace(from, to)).map(({ path }) => path);

it("a configuration is the same however Alertmanager writes it", () => {
  expect(routingDifferences(rendered, understood)).toEqual([]);
});

it.each([
  ["another receiver", "receiver: pager, matchers", "receiver: team, matchers", "route.routes[0].receiver"],
  ["another matcher", `a|b`, "a|c", "route.routes[0].matchers[0]"],
  ["no way on", "continue: true", "continue: false", "route.routes[0].continue"],
  ["another wait", "group_wait: 0s", "group_wait: 10s", "route.routes[0].group_wait"],
  [
    "other hours",
    "active_time_intervals: [hours]",
    "active_time_intervals: []",
    "route.routes[1].active_time_intervals[0]",
  ],
  [
    "an inhibition over less",
    "equal: [alertname, service]",
    "equal: [alertname]",
    "inhibit_rules[0].equal[1]",
  ],
  ["a receiver of another kind", "slack_configs", "discord_configs", "receivers.team[0]"],
])("%s is told by its place", (_, from, to, path) => {
  expect(understood).toContain(from);
  expect(differing(from, to)).toEqual([path]);
});

it("a configuration with a route less differs from there on", () => {
  const [first] = routingDifferences(rendered, understood.replace(/ {4}- \{ receiver: pager.*\n/, ""));
  expect(first).toMatchObject({ path: "route.routes[0].receiver", expected: "pager", found: "team" });
});

it("the longest wait is that of a route, with what it takes from the one above", () => {
  expect(longestWait(rendered)).toBe(330);
  expect(longestWait(rendered.replace("group_wait: 0s", "group_wait: 1m, group_interval: 10m"))).toBe(660);
});

it("each receiver of an environment has an integration, which says whether it tells of an end", () => {
  expect([...integrationsOf(rendered)]).toEqual([
    ["team", [{ name: "slack", sendsResolved: true }]],
    [
      "pager",
      [
        { name: "pagerduty", sendsResolved: true },
        { name: "email", sendsResolved: false },
      ],
    ],
  ]);
  for (const environment of loadEnvironments("local,prod")) {
    const integrations = integrationsOf(alertmanagerConfigurationOf(environment));
    for (const { name, kind } of environment.alerting.receivers) {
      expect(integrations.get(name)?.map(({ sendsResolved }) => sendsResolved)).toEqual([
        kind !== "heartbeat",
      ]);
    }
  }
});
