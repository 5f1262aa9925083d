import { dashboardOf } from "../../../dashboards/lint/dashboard";
import { lint } from "../../../dashboards/lint/lint";
import { panel, soundDashboard, target } from "./sound-dashboard";
import { system } from "../../support/system";

const logQl = '{job="a"} |= "error"';
const variables = [
  { name: "datasource", type: "datasource", query: "prometheus" },
  { name: "logs", type: "datasource", query: "loki", current: { value: "P8E80F9AEF21F6940" } },
];

/** What is read as PromQL of a panel with a data source whose target has another, or none. */
function readAsPromQl(ofPanel: unknown, ofTarget?: unknown, changes: Readonly<Record<string, unknown>> = {}) {
  const json = soundDashboard({
    templating: { list: variables },
    panels: [panel({ datasource: ofPanel, targets: [target(logQl, { datasource: ofTarget })] })],
    ...changes,
  });
  return dashboardOf(json).queries.map(({ source }) => source);
}

describe("PromQL is", () => {
  it.each([
    ["what a variable of that type is asked", { uid: "$datasource" }, undefined],
    [
      "what one of an older type is asked, if the variable says prometheus",
      { type: "loki", uid: "${datasource}" },
      undefined,
    ],
    [
      "what the target's own is asked, whatever the panel's",
      { type: "loki", uid: "$logs" },
      { type: "prometheus", uid: "a" },
    ],
    ["what the target's own is asked in a mixed panel", "-- Mixed --", "$datasource"],
    ["what nothing is said of", undefined, undefined],
    ["what is asked of Amazon's", { type: "grafana-amazonprometheus-datasource", uid: "a" }, undefined],
  ])("%s", (_, ofPanel, ofTarget) => {
    expect(readAsPromQl(ofPanel, ofTarget)).toEqual(["target A"]);
  });
});

describe("no PromQL is", () => {
  it.each([
    ["what a variable of another type is asked", { uid: "${logs}" }, undefined],
    [
      "what is written as a Prometheus, if the variable says otherwise",
      { type: "prometheus", uid: "${logs}" },
      undefined,
    ],
    ["what is written by the variable's name alone", "[[logs]]", undefined],
    [
      "what the target's own is asked in a mixed panel",
      { type: "datasource", uid: "-- Mixed --" },
      { uid: "$logs" },
    ],
    ["what the panel's is asked, where the target has none", { type: "loki", uid: "a" }, null],
    ["what another panel asks", { type: "datasource", uid: "-- Dashboard --" }, undefined],
    ["what Grafana's own is asked", "-- Grafana --", undefined],
    ["an expression of Grafana", { uid: "$datasource" }, { type: "__expr__", uid: "__expr__" }],
    ["what a data source is asked whose name gives it away", "Loki", undefined],
  ])("%s", (_, ofPanel, ofTarget) => {
    expect(readAsPromQl(ofPanel, ofTarget)).toEqual([]);
  });

  it("what is asked for at an import as another type", () => {
    const inputs = { __inputs: [{ name: "DS_LOKI", type: "datasource", pluginId: "loki" }] };
    expect(readAsPromQl({ type: "prometheus", uid: "${DS_LOKI}" }, undefined, inputs)).toEqual([]);
  });
});

it("lets pass a mixed panel whose targets ask a variable of each type", () => {
  const json = soundDashboard({
    templating: { list: variables },
    panels: [
      panel({
        datasource: { type: "datasource", uid: "-- Mixed --" },
        targets: [
          target("vector(1)", { datasource: { type: "prometheus", uid: "${datasource}" }, legendFormat: "" }),
          target(logQl, { refId: "B", datasource: { type: "loki", uid: "${logs}" } }),
        ],
      }),
    ],
  });
  expect(lint(dashboardOf(json), system)).toEqual([]);
});
