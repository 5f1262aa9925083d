import { dashboardFolders } from "../../dashboards";
import { isOnLogLines } from "../../preview/page/dashboard/log-lines";
import { notesOf } from "../../preview/page/dashboard/notes";
import type { ClassicDashboard, ClassicPanel } from "../../preview/page/dashboard/classic";
import { sectionsOf } from "../../preview/page/dashboard/sections";
import { drawnOptions, undrawn, type DrawnKind } from "../../preview/page/panels/drawn";
import { readVariableQuery } from "../../preview/page/prometheus/variable-query";
import { dashboardSettings } from "../support/dashboard-settings";
import { system } from "../support/system";

const dashboards = dashboardFolders(dashboardSettings(), system.dashboards)
  .flatMap((folder) => folder.dashboards)
  .map((dashboard) => JSON.parse(JSON.stringify(dashboard)) as ClassicDashboard);
const allPanels = dashboards.flatMap((dashboard) =>
  sectionsOf(dashboard).flatMap((section) =>
    section.panels.map(({ panel }) => ({ name: `${dashboard.uid ?? ""}/${panel.title ?? ""}`, panel })),
  ),
);
const panels = allPanels.filter(({ panel }) => !isOnLogLines(panel));
const kindOf = ({ type = "" }: ClassicPanel) =>
  Object.hasOwn(drawnOptions, type) ? (type as DrawnKind) : undefined;

describe("what this project's dashboards have, the preview draws", () => {
  it("in kinds of panels and all their options", () => {
    expect(panels.length).toBeGreaterThan(100);
    const lacking = panels.flatMap(({ name, panel }) => {
      const kind = kindOf(panel);
      return kind === undefined
        ? [`${name}: ${String(panel.type)}`]
        : notesOf(kind, panel, () => false).map((note) => `${name}: ${note}`);
    });
    expect(lacking).toEqual([]);
  });

  it("in queries", () => {
    const known = new Set([
      "refId",
      "datasource",
      "expr",
      "legendFormat",
      "range",
      "instant",
      "exemplar",
      "format",
    ]);
    const used = panels.flatMap(({ panel }) =>
      (panel.targets ?? []).flatMap((target) => Object.keys(target)),
    );
    expect([...new Set(used)].filter((key) => !known.has(key))).toEqual([]);
    const formats = new Set(
      panels.flatMap(({ panel }) => (panel.targets ?? []).flatMap(({ format }) => format ?? [])),
    );
    expect([...formats].filter((format) => !["time_series", "table", "heatmap"].includes(format))).toEqual(
      [],
    );
  });

  it("but for log lines, which have a note in their place", () => {
    const ofLines = allPanels.filter(({ panel }) => isOnLogLines(panel)).map(({ name }) => name);
    expect(ofLines).toEqual([
      "service-health/Lines",
      "service-health/Error lines",
      "service-health/Newest lines",
    ]);
  });

  it("in variables, annotations and links", () => {
    const variables = dashboards.flatMap(({ templating }) => templating?.list ?? []);
    expect([...new Set(variables.map(({ type }) => type))].sort()).toEqual(["custom", "datasource", "query"]);
    const queries = variables.flatMap(({ type, query }) =>
      type === "query" && typeof query === "object" ? (query.query ?? "") : [],
    );
    expect(
      queries.map((query) => readVariableQuery(query).kind).filter((kind) => kind !== "label_values"),
    ).toEqual([]);
    expect(new Set(dashboards.flatMap(({ links }) => (links ?? []).map(({ type }) => type)))).toEqual(
      new Set(["link"]),
    );
    expect(dashboards.map(({ annotations }) => annotations?.list?.length)).toEqual(dashboards.map(() => 1));
  });
});

describe("an option that is not drawn", () => {
  it.each<[string, Parameters<typeof undrawn>[1], string]>([
    ["of the panel", { options: { reduceOptions: { calcs: ["last"] }, glow: true } }, "options.glow = true"],
    ["with a value that is not", { options: { colorMode: "rainbow" } }, 'options.colorMode = "rainbow"'],
    ["of its fields", { fieldConfig: { defaults: { unit: "s", shade: 1 } } }, "field.shade = 1"],
    [
      "of its kind's fields",
      { fieldConfig: { defaults: { custom: { lineWidth: 2 } } } },
      "field.custom.lineWidth = 2",
    ],
    [
      "of an override",
      {
        fieldConfig: {
          overrides: [{ matcher: { id: "byMoon" }, properties: [{ id: "custom.x", value: 1 }] }],
        },
      },
      "overrides.byMoon, field.custom.x = 1",
    ],
  ])("%s is told", (_what, panel, told) => {
    expect(undrawn("stat", panel).join(", ")).toBe(told);
  });
});
