import { containerMetrics } from "../../dashboards/container-metrics";
import { mostLines } from "../../dashboards/highest";
import { dashboardOf, type Panel } from "../../dashboards/lint/dashboard";
import { dashboardSettings } from "../support/dashboard-settings";

const made = (severalEngines: boolean) =>
  dashboardOf(JSON.parse(JSON.stringify(containerMetrics(dashboardSettings({ severalEngines })))));
const graphs = (severalEngines: boolean) =>
  made(severalEngines).panels.filter(({ json: { type } }) => type === "timeseries");
const legends = (panels: readonly Panel[]) => [
  ...new Set(panels.flatMap(({ json }) => json.targets?.map(({ legendFormat }) => legendFormat) ?? [])),
];

it("names the host of a container where there are several, and its name first, by which it has its colour", () => {
  expect(legends(graphs(false))).toEqual(["{{name}}", "received {{name}}", "sent {{name}}"]);
  expect(legends(graphs(true))).toEqual([
    "{{name}} on {{instance}}",
    "received {{name}} on {{instance}}",
    "sent {{name}} on {{instance}}",
  ]);
});

it("asks for all that it shows by host and name", () => {
  const queries = made(false).panels.flatMap(({ json }) => json.targets?.map(({ expr }) => expr ?? "") ?? []);
  expect(queries.length).toBeGreaterThan(15);
  for (const query of queries) {
    const selectors = query.match(/\{[^}]*\}/g) ?? [];
    expect(selectors.length).toBeGreaterThan(0);
    for (const selector of selectors) {
      expect(selector).toContain('instance=~"$instance"');
      expect(selector).toContain('name=~"$container"');
    }
  }
  expect(queries.join("\n")).not.toMatch(/by \((?!instance, name\))/);
});

it("draws so many lines at most, the same ones at each step", () => {
  const queries = graphs(true).flatMap(({ json }) => json.targets?.map(({ expr }) => expr ?? "") ?? []);
  for (const query of queries) {
    expect(query).toMatch(new RegExp(`(top|bottom)k\\(${String(mostLines)}, .*\\[\\$__range:.* @ end\\(\\)`));
  }
});

it("lets its reader choose hosts, and then among their containers", () => {
  const { variables } = made(false);
  const names = variables.map(({ name }) => name);
  expect(names.indexOf("instance")).toBeLessThan(names.indexOf("container"));
  expect(variables.find(({ name }) => name === "container")).toMatchObject({
    query: {
      query:
        'label_values(container_start_time_seconds{job="cadvisor", instance=~"$instance", name!=""}, name)',
    },
  });
});
