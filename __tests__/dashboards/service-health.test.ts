import { dashboardOf } from "../../dashboards/lint/dashboard";
import { noOwnDashboards } from "../../dashboards/own-dashboards";
import { serviceHealth } from "../../dashboards/service-health";
import { dashboardSettings } from "../support/dashboard-settings";

const made = (services: readonly string[]) =>
  dashboardOf(JSON.parse(JSON.stringify(serviceHealth(dashboardSettings({ services }), noOwnDashboards))));

it("lets its reader choose among the environment's services, a team's own included", () => {
  const variable = made(["api-gateway", "shipping"]).variables.find(({ name }) => name === "service");
  expect(variable).toMatchObject({ query: "api-gateway,shipping", multi: true, includeAll: true });
});

it("shows what a service alone exports, and only of the services that there are", () => {
  const rows = (services: readonly string[]) =>
    made(services).panels.filter(({ name, json }) => json.type === "row" && name.startsWith("Own metrics"));
  expect(rows(["auth-service", "shipping"]).map(({ name }) => name)).toEqual(["Own metrics of auth-service"]);
  const own = made(["auth-service"]).panels.filter(({ row }) => row === "Own metrics of auth-service");
  expect(own.map(({ name, json }) => [name, json.targets?.map(({ expr }) => expr)])).toContainEqual([
    "registrations_total",
    [
      'sum by (service) (rate(registrations_total{job=~"$service", instance=~"$instance"}[$__rate_interval]))',
    ],
  ]);
});

it("gives an added service a colour of its own and leaves the others theirs", () => {
  const colors = (services: readonly string[]) =>
    made(services).panels.find(({ name }) => name === "Request rate")?.json.fieldConfig
      ?.overrides as unknown[];
  const before = colors(["api-gateway", "auth-service"]);
  const after = colors(["api-gateway", "auth-service", "shipping"]);
  expect(before).toHaveLength(2);
  expect(after.slice(0, 2)).toEqual(before);
  expect(after).toHaveLength(3);
});
