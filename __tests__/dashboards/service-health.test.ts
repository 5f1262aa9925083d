import type { Dataquery } from "@grafana/grafana-foundation-sdk/prometheus";
import { serviceHealth } from "../../dashboards/service-health";
import { syntaxErrors } from "../support/promql";

const dashboard = serviceHealth({ services: ["one", "two"], timezone: "utc", refresh: "30s" });
const panels = (dashboard.panels ?? []).filter((panel) => panel.type !== "row") as {
  title?: string;
  description?: string;
  targets?: Dataquery[];
  fieldConfig?: { defaults: { unit?: string } };
}[];
const queries = panels.map(({ title, targets = [] }) => [title, targets.map(({ expr }) => expr)] as const);

it("asks for rate, errors, duration and uptime", () => {
  const range = "[$__rate_interval]";
  const requests = `sum by (service) (rate(http_requests_total{service=~"$service"}${range}))`;
  const failures = `sum by (service) (rate(http_requests_total{service=~"$service", status_code=~"5.."}${range}))`;
  const buckets = `sum by (service, le) (rate(http_request_duration_seconds_bucket{service=~"$service"}${range}))`;
  expect(queries).toEqual([
    ["Request rate", [requests]],
    ["Error ratio", [`(${failures} or ${requests} * 0) / (${requests} > 0)`]],
    ["Response time", [0.5, 0.95, 0.99].map((q) => `histogram_quantile(${String(q)}, ${buckets})`)],
    ["Uptime", [`time() - max by (service) (process_start_time_seconds{service=~"$service"})`]],
  ]);
});

it("asks in PromQL", () => {
  for (const [, exprs] of queries) {
    for (const expr of exprs) expect(syntaxErrors(expr)).toEqual([]);
  }
});

it("says of every panel what it shows, and in which unit", () => {
  for (const { description, fieldConfig } of panels) {
    expect(description).toMatch(/\.$/);
    expect(fieldConfig?.defaults.unit).toBeTruthy();
  }
});

it("lets its reader choose among the environment's services", () => {
  expect(dashboard.templating?.list).toContainEqual(
    expect.objectContaining({ name: "service", query: "one,two", multi: true, includeAll: true }),
  );
});
