import type { Dashboard as DashboardJson } from "@grafana/grafana-foundation-sdk/dashboard";
import { dashboardOf, showsData, type Panel } from "../../dashboards/lint/dashboard";
import { uidOf } from "../../dashboards/lint/data-sources";
import { lint } from "../../dashboards/lint/lint";
import { palette } from "../../dashboards/palette";
import { dashboardMakers, dashboardSettings } from "../support/dashboard-settings";
import { dashboardUids, system } from "../support/system";

/** As Terraform is given it. */
const rendered = (
  make: (settings: ReturnType<typeof dashboardSettings>) => DashboardJson,
  settings = dashboardSettings(),
) => JSON.stringify(make(settings));
const all = dashboardMakers.map((make) => {
  const text = rendered(make);
  const json = JSON.parse(text) as DashboardJson;
  return { uid: json.uid ?? "", make, text, json, dashboard: dashboardOf(json) };
});

it("there is one for each link", () => {
  expect(all.map(({ uid }) => uid).sort()).toEqual([...dashboardUids].sort());
});

describe.each(all)("$uid", ({ uid, make, text, json, dashboard }) => {
  const panels = dashboard.panels.filter(showsData);

  it("keeps all rules of the linter", () => {
    const ofSeries = panels.filter(({ json: { datasource } }) => uidOf(datasource) === "${datasource}");
    expect(dashboard.queries.length).toBeGreaterThan(ofSeries.length);
    expect(ofSeries.length).toBeGreaterThan(0);
    expect(lint(dashboard, system)).toEqual([]);
  });

  it("has less than 200 KB, and the same bytes each time", () => {
    expect(Buffer.byteLength(text)).toBeLessThan(200_000);
    expect(rendered(make)).toBe(text);
  });

  it("begins with a line of numbers: what matters first", () => {
    const first = panels.filter(({ json: { gridPos } }) => gridPos?.y === 0);
    expect(first.length).toBeGreaterThanOrEqual(4);
    expect(first.map(({ json: { type } }) => type)).toEqual(first.map(() => "stat"));
    expect(width(first)).toBe(24);
  });

  it("has panels that are wide enough to read", () => {
    for (const panel of panels) {
      const least = panel.json.type === "stat" ? 4 : 8;
      expect([panel.name, (panel.json.gridPos?.w ?? 0) >= least]).toEqual([panel.name, true]);
    }
  });

  it("has its time zone and refresh from the environment", () => {
    const other = JSON.parse(
      rendered(make, dashboardSettings({ timezone: "Europe/Berlin", refresh: "5m" })),
    ) as DashboardJson;
    expect(other).toMatchObject({ timezone: "Europe/Berlin", refresh: "5m" });
  });

  it("leads to all others at the same time, with the data source and the services that were chosen", () => {
    const others = dashboardUids.filter((each) => each !== uid);
    const choices = "${datasource:queryparam}&${service:queryparam}";
    expect(json.links?.map(({ url }) => url)).toEqual(others.map((each) => `/d/${each}?${choices}`));
    expect(json.links?.every(({ keepTime }) => keepTime)).toBe(true);
    expect(dashboard.variables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["datasource", "service"]),
    );
  });

  it("marks where alerts begin", () => {
    const marks = dashboard.queries.filter(({ source }) => source === "annotation Alerts");
    expect(marks.map(({ promql }) => promql.source)).toEqual([
      expect.stringMatching(
        /^(ALERTS\{alertstate="firing", severity=~"critical\|warning"[^}]*\}) unless \1 offset 1m$/,
      ),
    ]);
  });

  it("uses colours that the colour-blind tell apart", () => {
    const used = [...text.matchAll(/#[0-9A-Fa-f]{6}/g)].map(([color]) => color);
    expect(Object.values(palette)).toEqual(expect.arrayContaining([...new Set(used)]));
    expect(text).not.toMatch(/"(green|red|yellow|blue|orange|purple|(dark|semi-dark|light)-(?!blue)\w+)"/);
  });

  it("has a legend on every graph, and no two series of one name in it", () => {
    for (const { json: panel, name } of panels.filter(({ json: { type } }) => type === "timeseries")) {
      expect([name, panel.options]).toEqual([
        name,
        expect.objectContaining({ legend: expect.objectContaining({ showLegend: true }) as unknown }),
      ]);
      const legends = panel.targets?.map(({ legendFormat }) => legendFormat) ?? [];
      expect([name, new Set(legends).size]).toEqual([name, legends.length]);
      expect(legends.every(Boolean)).toBe(true);
    }
  });

  it("changes no panel's id when others come and go", () => {
    const more = dashboardOf(JSON.parse(rendered(make, dashboardSettings({ services: ["api-gateway"] }))));
    const named = ({ name, json: { type, id } }: Panel) => `${type} ${name} ${String(id)}`;
    expect(dashboard.panels.map(named)).toEqual(expect.arrayContaining(more.panels.map(named)));
  });
});

/** What draws an alert's number on the dashboards, by the threshold's name. */
const drawn = {
  errorRatioWarning: 0.0123,
  errorRatioCritical: 0.0456,
  latencyP95Warning: 1.23,
  latencyP95Critical: 3.21,
  orderFailureRatio: 0.0321,
  stockLow: 1717,
  filesystemUsedWarning: 0.777,
  filesystemUsedCritical: 0.888,
  hostCpu: 0.811,
  hostLoadPerCore: 3.3,
  hostMemory: 0.822,
  hostMajorPageFaults: 1234,
  hostNetworkErrors: 0.0222,
  hostClockOffset: 0.0777,
  hostFileDescriptors: 0.833,
  hostSwap: 0.844,
  containerMemory: 0.855,
  containerCpu: 0.866,
  containerThrottled: 0.299,
  notificationFailures: 0.0199,
  grafanaErrorRatio: 0.0299,
};

it.each(Object.entries(drawn))("draws the alerts' own %s", (name, value) => {
  const { thresholds } = dashboardSettings();
  const settings = dashboardSettings({ thresholds: { ...thresholds, [name]: value } });
  expect(dashboardMakers.some((make) => rendered(make, settings).includes(`"value":${String(value)},`))).toBe(
    true,
  );
  expect(all.some(({ text }) => text.includes(`"value":${String(value)},`))).toBe(false);
});

it("counts the products that run low by the alert's own number", () => {
  const { thresholds } = dashboardSettings();
  const settings = dashboardSettings({ thresholds: { ...thresholds, stockLow: 1717 } });
  const text = dashboardMakers.map((make) => rendered(make, settings)).join("\n");
  // Now and a week before, as a number and as a graph.
  expect(text.match(/< 1717\b/g)).toHaveLength(4);
  expect(text.match(/fewer than 1717 items/g)).toHaveLength(2);
});

it("shows a service in the same colour on every panel of every dashboard", () => {
  const colorsOf = new Map<string, Set<string>>();
  for (const { panels } of all.map(({ dashboard }) => dashboard)) {
    for (const [name, color] of panels.flatMap(fixedColors)) {
      colorsOf.set(name, (colorsOf.get(name) ?? new Set()).add(color));
    }
  }
  expect([...colorsOf].filter(([, { size }]) => size > 1)).toEqual([]);
  const ofServices = dashboardSettings().services.flatMap((name) => [
    ...(colorsOf.get(`/^${name}(?![\\w-])/`) ?? []),
  ]);
  expect(new Set(ofServices).size).toBe(dashboardSettings().services.length);
});

/** Colours by the expression that names the series. */
function fixedColors({ json }: Panel): [string, string][] {
  const { overrides = [] } = (json.fieldConfig ?? {}) as {
    overrides?: {
      matcher: { id: string; options: string };
      properties: { id: string; value: { fixedColor?: string } }[];
    }[];
  };
  return overrides
    .filter(({ matcher: { id } }) => id === "byRegexp")
    .flatMap(({ matcher, properties }) =>
      properties.map(({ value }): [string, string] => [matcher.options, value.fixedColor ?? ""]),
    );
}

function width(panels: readonly Panel[]): number {
  return panels.reduce((sum, { json: { gridPos } }) => sum + (gridPos?.w ?? 0), 0);
}
