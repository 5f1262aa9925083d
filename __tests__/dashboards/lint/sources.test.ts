import { dashboardOf, readDashboard } from "../../../dashboards/lint/dashboard";
import { lint } from "../../../dashboards/lint/lint";
import { system } from "../../support/system";
import { panel, soundDashboard, target } from "./sound-dashboard";

const titles = (json: unknown) => dashboardOf(json).panels.map(({ name }) => name);
const queries = (json: unknown) =>
  dashboardOf(json).queries.map(({ source, promql }) => `${source}: ${promql.source}`);

describe("a dashboard is read", () => {
  it.each([
    ["as it is", soundDashboard()],
    ["as the API answers", { meta: {}, dashboard: soundDashboard() }],
    ["as the API is asked", { dashboard: soundDashboard(), folderUid: "a", overwrite: true }],
    [
      "as a resource",
      {
        apiVersion: "dashboard.grafana.app/v1beta1",
        kind: "Dashboard",
        metadata: { name: "a" },
        spec: soundDashboard(),
      },
    ],
  ])("%s", (_, json) => {
    expect(dashboardOf(json)).toMatchObject({ uid: "requests", title: "Requests", layout: "grid" });
    expect(lint(dashboardOf(json), system)).toEqual([]);
  });

  it("by the resource's name where it has no uid of its own", () => {
    const { uid, ...spec } = soundDashboard();
    const resource = { apiVersion: "dashboard.grafana.app/v1", metadata: { name: "by-name" }, spec };
    expect([uid, dashboardOf(resource).uid]).toEqual(["requests", "by-name"]);
  });

  it("out of thousands of wrappers", () => {
    expect(() => readDashboard('{"dashboard":'.repeat(10_000) + "1" + "}".repeat(10_000))).toThrow(
      "expected a JSON object",
    );
  });
});

describe("a dashboard from before Grafana 5", () => {
  const rows = [
    { title: "One", panels: [panel({ gridPos: undefined, span: 6 })] },
    { title: "Two", collapse: true, panels: [panel({ gridPos: undefined, id: 2, title: "Second" })] },
    { title: "Empty", panels: null },
  ];

  it("has its panels in rows, which lay them out", () => {
    const json = soundDashboard({ panels: undefined, rows });
    expect(titles(json)).toEqual(["Requests", "Second"]);
    expect(lint(dashboardOf(json), system)).toEqual([]);
  });

  it("is linted as any other", () => {
    const asking = [{ panels: [panel({ targets: [target("sum(up)", { legendFormat: "" })] })] }];
    const json = soundDashboard({ panels: [], rows: asking });
    expect(lint(dashboardOf(json))).toEqual([
      {
        panel: "Requests",
        panelId: 1,
        rule: "target-matchers",
        message: "target A: up has no matcher of job and instance",
      },
    ]);
  });

  it("may have no panel at all", () => {
    expect(titles({ rows: [] })).toEqual([]);
  });
});

describe("PromQL is found", () => {
  const datasource = { type: "prometheus", uid: "${datasource}" };

  it.each([
    [
      "a label of selected series",
      'label_values(up{job=~"$job"}, instance)',
      ['variable a: up{job=~"$job"}'],
    ],
    ["a label of whatever has it", "label_values(instance)", []],
    ["a result", "query_result(topk(5, up))", ["variable a: topk(5, up)"]],
    ["names of metrics", "metrics(up.*)", []],
    ["a query in an object", { query: "label_values(up, job)", refId: "A" }, ["variable a: up"]],
  ])("in a variable: %s", (_, query, expected) => {
    const templating = { list: [{ name: "a", type: "query", datasource, query }] };
    expect(queries({ templating, panels: [] })).toEqual(expected);
  });

  it.each([
    ["by itself", { expr: "up == 0" }],
    ["in its target", { target: { expr: "up == 0", refId: "Anno" } }],
  ])("in an annotation: %s", (_, query) => {
    const annotations = { list: [{ name: "Down", datasource, ...query }] };
    expect(queries({ annotations, panels: [] })).toEqual(["annotation Down: up == 0"]);
  });
});

it("knows the labels of its own metrics only, as those of others are relabelled", () => {
  const json = soundDashboard({
    panels: [panel({ targets: [target('up{job="a", instance="b"}', { legendFormat: "{{pod}}" })] })],
  });
  expect(lint(dashboardOf(json))).toEqual([]);
  expect(lint(dashboardOf(json), system).map(({ rule }) => rule)).toEqual(["legend"]);
});
