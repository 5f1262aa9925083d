import fc from "fast-check";
import { dashboardDifferences } from "../../../review/looks/dashboard-difference";
import { shownPanelsOf } from "../../../review/looks/shown-panels";
import type { VersionDashboard } from "../../../review/version/version";
import { referenceDashboards } from "../../../preview/pictures/reference-source";

type Json = Record<string, unknown>;

const dashboards: readonly VersionDashboard[] = referenceDashboards().map(({ uid, title, folder, json }) => ({
  uid,
  title,
  folder,
  // As it goes through JSON: what is built has methods.
  json: JSON.parse(JSON.stringify(json)) as Json,
}));

/** A panel of a dashboard, folded ones among them. */
interface Where {
  readonly dashboard: VersionDashboard;
  /** By the place in which it is read. */
  readonly panel: number;
}

const panels: readonly Where[] = dashboards.flatMap((dashboard) =>
  shownPanelsOf(dashboard.json).flatMap(({ type }, panel) => (type === "row" ? [] : [{ dashboard, panel }])),
);

/** By its index, which is what a failure shows. */
const anyPanel = fc.nat(panels.length - 1);

/** The same dashboard, one panel of which is edited; undefined takes it away. */
function edited({ dashboard, panel }: Where, edit: (json: Json) => Json | undefined): VersionDashboard[] {
  const json = structuredClone(dashboard.json) as Json & { panels: Json[] };
  const wanted = JSON.stringify(shownPanelsOf(dashboard.json)[panel]?.json);
  const inList = (list: Json[]): Json[] =>
    list.flatMap((each): Json[] => {
      if (Array.isArray(each.panels)) return [{ ...each, panels: inList(each.panels as Json[]) }];
      return JSON.stringify(each) === wanted ? [edit(each)].filter((one) => one !== undefined) : [each];
    });
  return [{ ...dashboard, json: { ...json, panels: inList(json.panels) } }];
}

/** Paths of all values in a panel, but of what does not show. */
function pathsIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, inside]) => {
    const here = [...path, key];
    if (["id", "pluginVersion", "gridPos.y"].includes(here.join("."))) return [];
    return pathsIn(inside, here);
  });
}

function put(json: Json, [key = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) json[key] = value;
  else put(json[key] as Json, rest, value);
}

/** Another value of the same kind. */
function other(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  return typeof value === "string" ? `${value} other` : "other";
}

function valueAt(json: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inside, key) => (inside as Json)[key], json);
}

it("identical versions differ in nothing, in whatever order keys stand", () => {
  const turned = JSON.parse(JSON.stringify(dashboards), (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  ) as VersionDashboard[];
  expect(dashboards.length).toBeGreaterThan(5);
  expect(dashboardDifferences(dashboards, turned)).toEqual([]);
});

it("what does not show is no difference", () => {
  const numbered = dashboards.map((each, version) => ({
    ...each,
    json: { ...each.json, id: version, version, schemaVersion: 99, iteration: 7 },
  }));
  expect(dashboardDifferences(dashboards, numbered)).toEqual([]);
});

it("each edit of a value of a panel is found at this panel, and named", () => {
  fc.assert(
    fc.property(anyPanel, fc.nat(), (index, seed) => {
      const where = panels[index] as Where;
      const panel = shownPanelsOf(where.dashboard.json)[where.panel];
      const paths = pathsIn(panel?.json ?? {});
      const path = paths[seed % paths.length] ?? [];
      const after = edited(where, (json) => {
        put(json, path, other(valueAt(json, path)));
        return json;
      });
      const [found, ...others] = dashboardDifferences([where.dashboard], after);
      expect(others).toEqual([]);
      expect(found?.uid).toBe(where.dashboard.uid);
      expect(found?.what).toEqual([]);
      const changed = found?.panels ?? [];
      // In another column it may stand in the way of its neighbour, which then is read before it.
      if (path[0] === "gridPos") expect(changed.map(({ title }) => title)).toContain(panel?.title);
      else expect(changed).toHaveLength(1);
      for (const { change, what } of changed) {
        expect(change).toBe("changed");
        expect(what.length).toBeGreaterThan(0);
        expect(what.join()).not.toMatch(/\bundefined\b|^$/);
      }
    }),
    { numRuns: 300 },
  );
});

it("a panel that is taken away is gone, the other way round it is new, and no other one has changed", () => {
  fc.assert(
    fc.property(anyPanel, (index) => {
      const where = panels[index] as Where;
      const title = shownPanelsOf(where.dashboard.json)[where.panel]?.title;
      const without = edited(where, () => undefined);
      const gone = dashboardDifferences([where.dashboard], without);
      expect(gone.map(({ panels: each }) => each.map((one) => [one.title, one.change]))).toEqual([
        [[title, "gone"]],
      ]);
      const fresh = dashboardDifferences(without, [where.dashboard]);
      expect(fresh.map(({ panels: each }) => each.map((one) => [one.title, one.change]))).toEqual([
        [[title, "new"]],
      ]);
    }),
    { numRuns: 100 },
  );
});

it("a dashboard that is there in one version alone is new or gone, with all of its panels", () => {
  const [first, ...rest] = dashboards;
  const [gone] = dashboardDifferences(dashboards, rest);
  expect(gone).toMatchObject({ uid: first?.uid, change: "gone" });
  expect(gone?.panels.length).toBe(shownPanelsOf(first?.json ?? {}).length);
  expect(dashboardDifferences(rest, dashboards)[0]).toMatchObject({ uid: first?.uid, change: "new" });
});

describe("says in words what changed", () => {
  const panel = {
    type: "timeseries",
    title: "Parcels",
    id: 3,
    gridPos: { x: 0, y: 0, w: 12, h: 8 },
    description: "Parcels per second.",
    fieldConfig: {
      defaults: {
        unit: "s",
        thresholds: {
          mode: "absolute",
          steps: [
            { value: null, color: "green" },
            { value: 0.05, color: "red" },
          ],
        },
      },
      overrides: [],
    },
    options: { legend: { placement: "right" } },
    targets: [{ refId: "A", expr: "rate(parcels_total[5m])", legendFormat: "{{ depot }}" }],
  };
  const board = (...all: readonly object[]): VersionDashboard[] => [
    {
      uid: "parcels",
      title: "Parcels",
      folder: "Depots",
      json: { title: "Parcels", panels: all, templating: { list: [{ name: "depot", type: "query" }] } },
    },
  ];
  const words = (before: readonly object[], after: readonly object[]) =>
    dashboardDifferences(board(...before), board(...after)).flatMap(({ panels: all }) =>
      all.map(({ title, change, what }) => [title, change, ...what]),
    );
  const [target] = panel.targets;
  const withSteps = (...values: readonly (number | null)[]) => ({
    ...panel,
    fieldConfig: {
      ...panel.fieldConfig,
      defaults: {
        ...panel.fieldConfig.defaults,
        thresholds: {
          mode: "absolute",
          steps: values.map((value, index) => ({ value, color: index === 0 ? "green" : "red" })),
        },
      },
    },
  });

  it.each<[string, object, string[]]>([
    ["a threshold", withSteps(null, 0.1), ["threshold 0.05 → 0.1"]],
    ["another threshold", withSteps(null, 0.05, 1), ["thresholds base, 0.05 → base, 0.05, 1"]],
    ["a query", { ...panel, targets: [{ ...target, expr: "rate(parcels_total[1m])" }] }, ["query changed"]],
    ["a title", { ...panel, title: "Post" }, ['title "Parcels" → "Post"']],
    ["a kind", { ...panel, type: "stat" }, ["shown as timeseries → stat"]],
    ["a description", { ...panel, description: "Per second." }, ["description changed"]],
    ["a size", { ...panel, gridPos: { ...panel.gridPos, w: 6 } }, ["size 12×8 → 6×8"]],
    ["a place", { ...panel, gridPos: { ...panel.gridPos, x: 12 } }, ["moved"]],
    [
      "an option",
      { ...panel, options: { legend: { placement: "bottom" } } },
      ["legend.placement right → bottom"],
    ],
    [
      "a unit",
      {
        ...panel,
        fieldConfig: { ...panel.fieldConfig, defaults: { ...panel.fieldConfig.defaults, unit: "ms" } },
      },
      ["unit s → ms"],
    ],
    [
      "a legend",
      { ...panel, targets: [{ ...target, legendFormat: "all" }] },
      ["legend of query {{ depot }} → all"],
    ],
    ["a further query", { ...panel, targets: [target, { refId: "B", expr: "up" }] }, ["query B is new"]],
  ])("%s", (_what, after, expected) => {
    const title = (after as { title: string }).title;
    expect(words([panel], [after])).toEqual([[title, "changed", ...expected]]);
  });

  it("of panels that change places, one has moved; those that are pushed down have not", () => {
    const [one, two, three] = ["One", "Two", "Three"].map((title, index) => ({
      ...panel,
      id: index,
      title,
      gridPos: { x: 0, y: index * 8, w: 12, h: 8 },
    }));
    if (!one || !two || !three) throw new Error("three");
    const at = (each: typeof one, y: number) => ({ ...each, gridPos: { ...each.gridPos, y } });
    expect(words([one, two, three], [at(three, 0), at(one, 8), at(two, 16)])).toEqual([
      ["Three", "changed", "moved"],
    ]);
    expect(words([one, three], [one, two, at(three, 16)])).toEqual([["Two", "new"]]);
  });

  it("a row, a variable, a time", () => {
    const [before] = board({ type: "row", title: "Depots", collapsed: true, panels: [panel] });
    const [after] = board({ type: "row", title: "Depots", collapsed: false, panels: [] }, panel);
    if (!before || !after) throw new Error("no dashboard");
    const [found] = dashboardDifferences(
      [before],
      [{ ...after, json: { ...after.json, time: { from: "now-3h" }, templating: { list: [] } } }],
    );
    expect(found?.what).toEqual(["variable depot is gone", 'time none → {"from":"now-3h"}']);
    expect(found?.panels.map(({ title, what }) => [title, ...what])).toEqual([
      ["row Depots", "collapsed true → false"],
    ]);
  });
});
