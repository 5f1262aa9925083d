import { FakePrometheus, rangeSeries, type Answered, type Asked } from "./fake-prometheus";

// A dashboard with something of everything, and a Prometheus that answers what it asks.

const datasource = { type: "prometheus", uid: "${datasource}" };
const target = (expr: string, more: object = {}) => ({
  refId: "A",
  datasource,
  expr,
  legendFormat: "{{service}}",
  ...more,
});
const at = (x: number, y: number, w = 12, h = 8) => ({ x, y, w, h });

/** Ids of its panels. */
export const panels = {
  graph: 1,
  value: 2,
  heat: 3,
  broken: 4,
  empty: 5,
  strange: 6,
  hidden: 7,
  table: 8,
  gauge: 9,
  bars: 10,
  words: 11,
} as const;

/** The middle of the time that the tests look at, in seconds. */
export const noon = Date.UTC(2026, 0, 15, 12) / 1_000;
/** Query of an address that shows ten minutes around it. */
export const tenMinutes = `from=${String((noon - 300) * 1_000)}&to=${String((noon + 300) * 1_000)}`;
export const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";

const steps = {
  mode: "absolute",
  steps: [
    { value: null, color: "#009E73" },
    { value: 10, color: "#CC79A7" },
  ],
};
const colored = (matcher: object, fixedColor: string) => ({
  matcher,
  properties: [{ id: "color", value: { mode: "fixed", fixedColor } }],
});

/** The dashboard. @param title of its graph */
export function everything(title = "Requests"): object {
  const unit = { fieldConfig: { defaults: { unit: "reqps" }, overrides: [] } };
  return {
    uid: "everything",
    title: "Everything",
    timezone: "utc",
    refresh: "30s",
    time: { from: "now-1h", to: "now" },
    templating: {
      list: [
        { name: "datasource", type: "datasource", query: "prometheus", label: "Data source" },
        {
          name: "service",
          type: "custom",
          label: "Service",
          query: "a.b,c,d",
          multi: true,
          includeAll: true,
          current: { text: "All", value: "$__all" },
        },
        {
          name: "instance",
          type: "query",
          label: "Instance",
          datasource,
          query: { refId: "instance", query: 'label_values(up{job=~"$service"}, instance)' },
          refresh: 2,
          multi: true,
          includeAll: true,
          allValue: ".*",
          current: { text: "All", value: "$__all" },
        },
        { name: "least", type: "textbox", label: "Least", query: "0", current: { text: "0", value: "0" } },
        {
          name: "window",
          type: "interval",
          label: "Window",
          query: "1m,5m",
          current: { text: "1m", value: "1m" },
        },
        { name: "fixed", type: "constant", query: "constant-value" },
        { name: "filters", type: "adhoc", label: "Filters" },
      ],
    },
    annotations: {
      list: [
        {
          name: "Alerts",
          enable: true,
          datasource,
          iconColor: "#D55E00",
          expr: "ALERTS",
          step: "60s",
          titleFormat: "{{alertname}}",
          textFormat: "{{severity}} {{service}}",
        },
      ],
    },
    links: [{ title: "Other", type: "link", url: "/d/other?${service:queryparam}", keepTime: true }],
    panels: [
      {
        fieldConfig: {
          defaults: {
            unit: "reqps",
            min: 0,
            max: 20,
            thresholds: steps,
            custom: { thresholdsStyle: { mode: "dashed" } },
          },
          overrides: [
            colored({ id: "byRegexp", options: "/^c/" }, "#0072B2"),
            colored({ id: "byFrameRefID", options: "B" }, "#8E8E8E"),
          ],
        },
        id: panels.graph,
        type: "timeseries",
        title,
        description: "What **is** asked.",
        gridPos: at(0, 0),
        options: {
          legend: {
            showLegend: true,
            displayMode: "table",
            placement: "bottom",
            calcs: ["lastNotNull", "max"],
          },
          tooltip: { mode: "multi", sort: "desc" },
        },
        targets: [
          target('rate(requests{job=~"$service", instance=~"$instance", fixed="$fixed"}[$window]) > $least', {
            range: true,
            exemplar: true,
          }),
          target("before", { refId: "B", legendFormat: "before", range: true }),
        ],
      },
      {
        fieldConfig: { defaults: { unit: "reqps", thresholds: steps, noValue: "None sent" }, overrides: [] },
        id: panels.value,
        type: "stat",
        title: "Now",
        gridPos: at(12, 0),
        options: {
          colorMode: "value",
          graphMode: "none",
          textMode: "value",
          reduceOptions: { calcs: ["lastNotNull"] },
        },
        targets: [target("sum(now)", { instant: true, range: false })],
      },
      {
        id: panels.heat,
        type: "heatmap",
        title: "Times",
        gridPos: at(0, 8),
        options: {
          yAxis: { unit: "s" },
          color: { mode: "scheme", scheme: "Blues", steps: 64 },
          filterValues: { le: 1e-9 },
          tooltip: { mode: "single", yHistogram: true, showColorScale: true },
        },
        targets: [
          target("sum by (le) (increase(times_bucket[$__rate_interval]))", {
            range: true,
            format: "heatmap",
            legendFormat: "{{le}}",
          }),
        ],
      },
      {
        id: panels.broken,
        type: "timeseries",
        title: "Broken",
        gridPos: at(12, 8),
        targets: [target("broken(")],
      },
      {
        id: panels.empty,
        type: "timeseries",
        title: "Empty",
        gridPos: at(0, 16),
        targets: [target("nothing")],
      },
      {
        id: panels.strange,
        type: "nodeGraph",
        title: "Strange",
        gridPos: at(12, 16),
        targets: [target("strange")],
      },
      {
        type: "row",
        title: "More",
        collapsed: true,
        gridPos: at(0, 24, 24, 1),
        panels: [
          {
            ...unit,
            id: panels.hidden,
            type: "stat",
            title: "Hidden",
            gridPos: at(0, 25),
            targets: [target("hidden", { instant: true })],
          },
        ],
      },
      { type: "row", title: "Kinds", collapsed: false, gridPos: at(0, 40, 24, 1) },
      {
        ...unit,
        id: panels.table,
        type: "table",
        title: "Table",
        gridPos: at(0, 41),
        targets: [target("now", { instant: true, format: "table" })],
        transformations: [{ id: "organize", options: { excludeByName: { Time: true } } }, { id: "spatial" }],
      },
      {
        ...unit,
        id: panels.gauge,
        type: "gauge",
        title: "Gauge",
        gridPos: at(12, 41),
        targets: [target("now", { instant: true })],
      },
      {
        ...unit,
        id: panels.bars,
        type: "bargauge",
        title: "Bars",
        gridPos: at(0, 49),
        targets: [target("now", { instant: true })],
      },
      {
        id: panels.words,
        type: "text",
        title: "Words",
        gridPos: at(12, 49),
        options: {
          mode: "markdown",
          content: "It is **$service** <script>document.title = 'owned'</script>",
        },
      },
    ],
  };
}

/** A dashboard to which the other links. */
export const other = { uid: "other", title: "Other", panels: [], templating: { list: [] } };

function answer(asked: Asked): Answered {
  const { path, parameters } = asked;
  const query = parameters.get("query") ?? "";
  if (path === "/label/instance/values")
    return { data: /c/.test(parameters.get("match[]") ?? "") ? ["c:1", "c:2"] : ["a:1"] };
  if (path === "/query_exemplars") {
    const exemplars = [0, 60].map((later, index) => ({
      labels: { trace_id: index === 0 ? traceId : "f".repeat(32) },
      value: "4",
      timestamp: noon + later,
    }));
    return { data: [{ seriesLabels: { service: "c" }, exemplars }] };
  }
  if (query.startsWith("broken")) return { error: "1:8: parse error: unclosed left parenthesis" };
  if (path === "/query") {
    const value = (service: string, number: string) => ({ metric: { service }, value: [noon, number] });
    const result =
      query === "now" || query === "sum(now)" || query === "hidden"
        ? [value("c", "12.34"), ...(query === "now" ? [value("d", "56.78")] : [])]
        : [];
    return { data: { resultType: "vector", result } };
  }
  return { data: { resultType: "matrix", result: ranges(asked, query) } };
}

function ranges(asked: Asked, query: string): readonly object[] {
  if (query === "ALERTS") {
    const alert = rangeSeries(
      asked,
      { alertname: "HighLatency", severity: "critical", service: "c" },
      (seconds) => (seconds >= noon - 120 && seconds <= noon + 60 ? 1 : 0),
    );
    return [alert];
  }
  if (query.startsWith("rate(requests"))
    return [
      rangeSeries(asked, { service: "c" }, () => 5),
      rangeSeries(asked, { service: "d" }, (_, index) => index % 2),
    ];
  if (query === "before") return [rangeSeries(asked, {}, () => 2)];
  if (query.includes("times_bucket"))
    return ["0.1", "0.5", "+Inf"].map((le, index) =>
      rangeSeries(asked, { le }, () => [3, 10, 10][index] ?? 0),
    );
  return [];
}

/** A Prometheus that has the answers. */
export function everythingsPrometheus(): FakePrometheus {
  return new FakePrometheus(answer);
}
