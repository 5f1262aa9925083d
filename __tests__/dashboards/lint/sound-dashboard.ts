const variable = { type: "prometheus", uid: "${datasource}" };

/** A panel's JSON without anything to find, with what a test changes. */
export function panel(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 1,
    type: "timeseries",
    title: "Requests",
    description: "Requests per second.",
    gridPos: { x: 0, y: 0, w: 12, h: 8 },
    datasource: variable,
    fieldConfig: { defaults: { unit: "reqps" }, overrides: [] },
    targets: [target(requests)],
    ...changes,
  };
}

/** A target that asks an expression. */
export function target(
  expr: string,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return { refId: "A", datasource: variable, expr, legendFormat: "{{service}}", ...changes };
}

/** A dashboard's JSON without anything to find, with what a test changes. */
export function soundDashboard(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    uid: "requests",
    title: "Requests",
    editable: false,
    templating: {
      list: [
        { name: "datasource", type: "datasource", query: "prometheus" },
        {
          name: "instance",
          type: "query",
          datasource: variable,
          query: { query: 'label_values(up{job="api-gateway"}, instance)' },
        },
      ],
    },
    annotations: { list: [{ builtIn: 1, name: "Annotations", datasource: { uid: "-- Grafana --" } }] },
    panels: [panel()],
    ...changes,
  };
}

const own = 'job="api-gateway", instance=~"$instance"';
const requests = `sum by (service) (rate(http_requests_total{${own}}[$__rate_interval]))`;

/** A dashboard with one panel that asks an expression; `$own` in it stands for its matchers of job and instance. */
export function asking(expr: string, legendFormat = ""): Record<string, unknown> {
  return soundDashboard({
    panels: [panel({ targets: [target(expr.replaceAll("$own", own), { legendFormat })] })],
  });
}
