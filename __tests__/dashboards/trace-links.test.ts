import { dashboardOf } from "../../dashboards/lint/dashboard";
import { noOwnDashboards } from "../../dashboards/own-dashboards";
import { serviceHealth } from "../../dashboards/service-health";
import { failedTraces } from "../../dashboards/trace-links";
import { dashboardSettings } from "../support/dashboard-settings";

/** What Grafana opens, when it has put in the values. */
function opened(url: string, values: Readonly<Record<string, string>>): unknown {
  const filled = url.replace(/\$\{([^}]+)\}/g, (_, name: string) => values[name] ?? `no ${name}`);
  const { pathname, searchParams } = new URL(filled, "https://grafana.example.com");
  return { pathname, panes: JSON.parse(searchParams.get("panes") ?? "") as unknown };
}

it("asks for the traces with errors of the series' service, at the time that is shown", () => {
  const [link] = failedTraces({ traces: "jaeger" }, "service", { "http.route": "route" });
  const values = {
    "__field.labels.service": "order-service",
    "__field.labels.route": "/orders/:id",
    __from: "1000",
    __to: "2000",
  };
  expect(opened(link?.url ?? "", values)).toEqual({
    pathname: "/explore",
    panes: {
      traces: {
        datasource: "jaeger",
        queries: [
          {
            refId: "A",
            datasource: { type: "jaeger", uid: "jaeger" },
            queryType: "search",
            service: "order-service",
            tags: "error=true http.route=/orders/:id",
            limit: 50,
          },
        ],
        range: { from: "1000", to: "2000" },
      },
    },
  });
});

it("keeps white space out, which Grafana would remove", () => {
  const [link] = failedTraces({ traces: "jaeger" }, "service", { "http.route": "route" });
  expect(link?.url).not.toMatch(/\s/);
});

it("stands at the panels of Service Health that show failures, where Grafana has traces", () => {
  const linked = (traces: string | undefined) =>
    dashboardOf(
      JSON.parse(JSON.stringify(serviceHealth(dashboardSettings(traces ? { traces } : {}), noOwnDashboards))),
    ).panels.flatMap(({ name, json }) => {
      const { links = [] } = (json.fieldConfig?.defaults ?? {}) as { links?: { title: string }[] };
      return links.map(({ title }) => `${name}: ${title}`);
    });
  expect(linked("jaeger")).toEqual([
    "Error ratio: Traces with errors",
    "Error ratio by route: Traces with errors",
    "Failed calls: Traces with errors",
  ]);
  expect(linked(undefined)).toEqual([]);
});
