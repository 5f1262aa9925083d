import { readConfiguration } from "../../../review/alertmanager/configuration";
import { routingTable } from "../../../review/alertmanager/routing-table";

function configured(routes: string) {
  return readConfiguration(`
route: { receiver: team, routes: [${routes}] }
receivers:
  - { name: team, webhook_configs: [{ url: "http://127.0.0.1" }] }
  - { name: pager, webhook_configs: [{ url: "http://127.0.0.1" }] }
  - { name: nobody }
time_intervals:
  - { name: work, time_intervals: [{ weekdays: ["monday:friday"] }] }
`);
}

describe("the routing table", () => {
  it("says for each alert and team who is told before and after, what changes first", () => {
    const late = {
      alert: "ParcelsLate",
      team: "depots",
      labels: { alertname: "ParcelsLate", severity: "critical" },
    };
    const lost = {
      alert: "ParcelsLost",
      team: "carriers",
      labels: { alertname: "ParcelsLost", severity: "info" },
    };
    const gone = { alert: "Gone", team: "carriers", labels: { alertname: "Gone", severity: "info" } };
    const before = { configuration: configured(""), alerts: [lost, late, gone] };
    const after = {
      configuration: configured(
        `{ receiver: pager, matchers: ['severity="critical"'], active_time_intervals: [work], continue: true },
         { receiver: nobody, matchers: ['severity="critical"'] }`,
      ),
      alerts: [late, lost],
    };
    const team = { receiver: "team", when: "always" };
    expect(routingTable(before, after)).toEqual([
      { ...gone, before: [team], after: [], only: "before", changed: true },
      {
        ...late,
        before: [team],
        after: [{ receiver: "pager", when: "within work" }],
        only: undefined,
        changed: true,
      },
      { ...lost, before: [team], after: [team], only: undefined, changed: false },
    ]);
  });
});
