import { dashboardOf } from "../../../dashboards/lint/dashboard";
import { lint } from "../../../dashboards/lint/lint";
import { describeRules, found, type Cases } from "./cases";
import { panel, soundDashboard, target } from "./sound-dashboard";
import { system } from "../../support/system";

const withPanel = (changes: Readonly<Record<string, unknown>>) =>
  soundDashboard({ panels: [panel(changes)] });
const row = (changes: Readonly<Record<string, unknown>>) =>
  panel({ type: "row", description: undefined, targets: undefined, title: "Details", ...changes });
const place = (x: number, y: number, w = 12, h = 8) => ({ gridPos: { x, y, w, h } });

const cases: Cases = {
  "stable-uid": {
    caught: [
      [soundDashboard({ uid: null }), "has no uid; wanted are 1 to 40 letters, digits, - and _"],
      [
        soundDashboard({ uid: "a".repeat(41) }),
        `has the uid "${"a".repeat(41)}" of 41 characters; wanted are 1 to 40 letters, digits, - and _`,
      ],
    ],
    passes: [soundDashboard({ uid: "a".repeat(40) })],
  },
  "read-only": {
    caught: [[soundDashboard({ editable: undefined }), 'can be edited: set "editable" to false']],
    passes: [soundDashboard({ editable: false })],
  },
  "data-source": {
    caught: [
      [
        withPanel({ datasource: { type: "prometheus", uid: "P1809F7CD0C75ACF3" } }),
        'the panel asks "P1809F7CD0C75ACF3", not $datasource',
      ],
      [withPanel({ datasource: undefined }), "the panel asks the default data source, not $datasource"],
      [
        withPanel({
          targets: [
            target("vector(1)", { datasource: { type: "prometheus", uid: "other" }, legendFormat: "" }),
          ],
        }),
        'target A asks "other", not $datasource',
      ],
      [soundDashboard({ templating: { list: [] }, panels: [] }), "has no data source variable"],
      [
        soundDashboard({
          templating: {
            list: [
              { name: "datasource", type: "datasource" },
              { name: "logs", type: "datasource" },
            ],
          },
          panels: [],
        }),
        'has a second data source variable "logs" beside "datasource"',
      ],
    ],
    passes: [
      withPanel({ datasource: "$datasource" }),
      withPanel({
        targets: [target("", { datasource: { type: "__expr__", uid: "__expr__" }, expr: undefined })],
      }),
      withPanel({ type: "text", datasource: undefined, targets: [] }),
    ],
  },
  "unique-ids": {
    caught: [
      [soundDashboard({ panels: [panel(), panel(place(12, 0))] }), 'has the id 1, which "Requests" has too'],
      [withPanel({ id: null }), "has no id"],
      [
        withPanel({
          targets: [target("vector(1)", { legendFormat: "" }), target("vector(2)", { legendFormat: "" })],
        }),
        'has two targets "A"',
      ],
    ],
    passes: [soundDashboard({ panels: [panel(), panel({ id: 2, ...place(12, 0) })] })],
  },
  "panel-grid": {
    caught: [
      [withPanel({ gridPos: undefined }), "has no place"],
      [withPanel(place(13, 0)), "is off the grid: x 13, y 0, 12 wide, 8 high"],
      [withPanel(place(0, 0, 12, 0)), "is off the grid: x 0, y 0, 12 wide, 0 high"],
      [withPanel({ gridPos: { y: 0, h: 8 } }), "has no x, w in its place"],
      [
        soundDashboard({ panels: [panel(), panel({ id: 2, title: "Errors", ...place(6, 7) })] }),
        'overlaps "Requests": x 6, y 7, 12 wide, 8 high and x 0, y 0, 12 wide, 8 high',
      ],
      [
        soundDashboard({
          panels: [
            row({
              ...place(0, 0, 24, 1),
              panels: [panel({ id: 2, ...place(0, 1) }), panel({ id: 3, ...place(0, 8) })],
            }),
          ],
        }),
        'overlaps "Requests": x 0, y 8, 12 wide, 8 high and x 0, y 1, 12 wide, 8 high',
      ],
    ],
    passes: [
      soundDashboard({
        panels: [panel(), panel({ id: 2, ...place(12, 0) }), panel({ id: 3, ...place(0, 8, 24) })],
      }),
      // A row is as wide as the grid, whatever it says.
      soundDashboard({ panels: [row({ id: 2, gridPos: { x: 0, y: 0, w: 0, h: 1 } }), panel(place(0, 1))] }),
      soundDashboard({ panels: [row({ id: 2, gridPos: { y: 0 } }), panel(place(0, 1))] }),
      // What is folded lies where the next panels are.
      soundDashboard({
        panels: [
          row({ ...place(0, 0, 24, 1), collapsed: true, panels: [panel({ id: 2, ...place(0, 1) })] }),
          panel({ id: 3, ...place(0, 1) }),
        ],
      }),
    ],
  },
  "panel-texts": {
    caught: [
      [withPanel({ title: " " }), "has no title"],
      [withPanel({ description: undefined }), "has no description"],
    ],
    passes: [withPanel({ type: "text", title: "", description: "", targets: [] })],
  },
  "panel-unit": {
    caught: [
      [withPanel({ fieldConfig: undefined }), 'has no unit; a plain number has the unit "none"'],
      [
        withPanel({ fieldConfig: { defaults: { unit: "requests" } } }),
        'has the unit "requests", which Grafana does not know',
      ],
    ],
    passes: [
      withPanel({ fieldConfig: { defaults: { unit: "suffix:orders" } } }),
      withPanel({ type: "heatmap", fieldConfig: undefined, options: { yAxis: { unit: "s" } } }),
      withPanel({ type: "graph", fieldConfig: undefined, yaxes: [{ format: "bytes" }] }),
    ],
  },
  "panel-target": {
    caught: [
      [withPanel({ targets: [] }), "has no target"],
      [withPanel({ targets: [target(" ")] }), "target A asks nothing"],
    ],
    passes: [
      withPanel({ type: "alertlist", targets: undefined }),
      withPanel({
        targets: undefined,
        fieldConfig: undefined,
        datasource: undefined,
        libraryPanel: { uid: "shared" },
      }),
    ],
  },
};

it("finds nothing in a sound dashboard", () => {
  expect(found(soundDashboard())).toEqual([]);
});

describeRules(cases);

it("looks into folded rows, and names the panel", () => {
  const folded = panel({ id: 2, title: "Folded", description: "" });
  const json = soundDashboard({
    panels: [row({ ...place(0, 0, 24, 1), collapsed: true, panels: [folded] })],
  });
  expect(lint(dashboardOf(json), system)).toEqual([
    { panel: "Folded", panelId: 2, rule: "panel-texts", message: "has no description" },
  ]);
});
