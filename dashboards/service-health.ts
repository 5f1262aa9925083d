import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import {
  avg,
  bottomk,
  count,
  increase,
  matches,
  max,
  mul,
  not,
  or,
  quantile,
  rate,
  ratio,
  select,
  sub,
  sum,
  time,
  variable,
} from "../metrics/promql";
import { errorRatio, latencyP95, requestRate } from "../metrics/recorded";
import { userRow } from "./as-users-see-it";
import { dashboard, dashboards, type Row } from "./dashboard";
import { known, orZero } from "./guards";
import { ownMetricRows } from "./own-metrics";
import { serviceColors, type Colors } from "./palette";
import { heatmapPanel, statPanel, timeseriesPanel } from "./panels";
import { processRow } from "./processes";
import { callRow } from "./service-calls";
import type { OwnDashboards } from "./own-dashboards";
import { logRow } from "./service-logs";
import type { DashboardSettings } from "./settings";
import { failedTraces } from "./trace-links";
import { chosenService, instanceVariable, labelChoice, serviceChoice, serviceVariable } from "./variables";

const range = "$__rate_interval";
const service = variable(serviceVariable);
const perService = { by: ["service"] } as const;
const perRoute = { by: ["service", "route"] } as const;
const requests = rate(select("http_requests_total", chosenService), range);
const failures = rate(
  select("http_requests_total", { ...chosenService, status_code: matches("5..") }),
  range,
);
const buckets = rate(select("http_request_duration_seconds_bucket", chosenService), range);
const up = select("up", chosenService);

/** How the services do: rate, errors and duration of their requests, by service and by route, and their processes. */
export function serviceHealth(settings: DashboardSettings, own: OwnDashboards): Dashboard {
  const colors = serviceColors(settings.services);
  return dashboard({
    uid: "service-health",
    title: dashboards["service-health"],
    description: "Whether the services answer, without errors and in time; and how their processes do.",
    settings,
    variables: [
      serviceChoice(settings.services),
      labelChoice(instanceVariable, "Instance", {
        label: "instance",
        series: select("up", { job: service }),
      }),
    ],
    alerts: { service },
    rows: [
      first(settings),
      userRow(settings, colors),
      requestRow(settings, colors),
      routeRow(settings),
      callRow(settings),
      ...own.serviceRows(settings, colors),
      logRow(colors),
      processRow(colors),
      ...ownMetricRows(settings, colors),
    ],
  });
}

function first({ thresholds }: DashboardSettings): Row {
  const errorLimits = { warning: thresholds.errorRatioWarning, critical: thresholds.errorRatioCritical };
  const latencyLimits = { warning: thresholds.latencyP95Warning, critical: thresholds.latencyP95Critical };
  const firing = select("ALERTS", { alertstate: "firing", severity: not("none"), service });
  return {
    panels: [
      statPanel({
        title: "Instances up",
        description: "Share of the instances of the chosen services that answered the last scrape.",
        unit: "percentunit",
        queries: { up: avg(up) },
        limits: { bad: "below", warning: 1, critical: 0.5 },
      }),
      statPanel({
        title: "Requests",
        description: "Requests per second that all chosen services answered over five minutes.",
        unit: "reqps",
        queries: { requests: sum(select(requestRate, { service })) },
      }),
      statPanel({
        title: "Highest error ratio",
        description: "Of the chosen services, the greatest share of requests answered with 500 or above.",
        unit: "percentunit",
        queries: { "error ratio": max(select(errorRatio, { service })) },
        limits: errorLimits,
        noValue: "No requests",
      }),
      statPanel({
        title: "Slowest p95",
        description: "Of the chosen services, the longest time in which 95 % of the requests were answered.",
        unit: "s",
        queries: { p95: max(known(select(latencyP95, { service }))) },
        limits: latencyLimits,
        noValue: "No requests",
      }),
      statPanel({
        title: "Alerts firing",
        description: "Alerts of the chosen services that fire now.",
        unit: "none",
        queries: { alerts: orZero(count(firing), count(up)) },
        limits: { warning: 1 },
      }),
      statPanel({
        title: "Youngest process",
        description: "Time since the last start of a process of the chosen services.",
        unit: "s",
        queries: { age: sub(time(), max(select("process_start_time_seconds", chosenService))) },
      }),
    ],
  };
}

function requestRow(settings: DashboardSettings, colors: Colors): Row {
  const { thresholds } = settings;
  const quantileOf = (q: number) => known(quantile(q, buckets, perService));
  return {
    title: "Requests",
    panels: [
      timeseriesPanel({
        title: "Request rate",
        description:
          "Requests that each service answered per second, averaged over five minutes; all of its instances.",
        unit: "reqps",
        queries: { "{{service}}": select(requestRate, { service }) },
        colors,
      }),
      timeseriesPanel({
        title: "Error ratio",
        description:
          "Share of each service's requests that it answered with 500 or above, over five minutes. Dashed: its alerts' thresholds. A click on a line leads to traces of them.",
        unit: "percentunit",
        queries: { "{{service}}": select(errorRatio, { service }) },
        links: failedTraces(settings, "service"),
        limits: { warning: thresholds.errorRatioWarning, critical: thresholds.errorRatioCritical },
        colors,
      }),
      timeseriesPanel({
        title: "Response time p50",
        description: "Time in which half of each service's requests were answered.",
        unit: "s",
        span: 8,
        queries: { "{{service}}": quantileOf(0.5) },
        colors,
      }),
      timeseriesPanel({
        title: "Response time p95",
        description:
          "Time in which 95 % of each service's requests were answered, over five minutes. Dashed: its alerts' thresholds.",
        unit: "s",
        span: 8,
        queries: { "{{service}}": known(select(latencyP95, { service })) },
        limits: { warning: thresholds.latencyP95Warning, critical: thresholds.latencyP95Critical },
        colors,
      }),
      timeseriesPanel({
        title: "Response time p99",
        description:
          "Time in which 99 % of each service's requests were answered. Points are traces of single requests.",
        unit: "s",
        span: 8,
        queries: { "{{service}}": quantileOf(0.99) },
        colors,
        exemplars: true,
      }),
      heatmapPanel({
        title: "Response times",
        description:
          "How many requests took how long, from violet for few to green for many. Points are single requests; a click on one leads to its trace.",
        unit: "s",
        span: 16,
        buckets: sum(increase(select("http_request_duration_seconds_bucket", chosenService), range), {
          by: ["le"],
        }),
      }),
      statPanel({
        title: "Uptime",
        description:
          "Time since the youngest process of a service was started, of the four that were started last.",
        unit: "s",
        span: 8,
        height: 8,
        queries: {
          "{{service}}": bottomk(
            4,
            sub(time(), max(select("process_start_time_seconds", chosenService), perService)),
          ),
        },
      }),
    ],
  };
}

function routeRow(settings: DashboardSettings): Row {
  const perSecond = sum(requests, perRoute);
  const quantileOf = (q: number) => known(quantile(q, buckets, perRoute));
  const legend = "{{service}} {{route}}";
  return {
    title: "Routes",
    folded: true,
    panels: [
      timeseriesPanel({
        title: "Request rate by route",
        description: "Requests per second on each route of the chosen services.",
        unit: "reqps",
        queries: { [legend]: perSecond },
      }),
      timeseriesPanel({
        title: "Error ratio by route",
        description: "Share of each route's requests that were answered with 500 or above.",
        unit: "percentunit",
        queries: { [legend]: ratio(or(sum(failures, perRoute), mul(perSecond, 0)), perSecond) },
        links: failedTraces(settings, "service", { "http.route": "route" }),
      }),
      ...([0.5, 0.95, 0.99] as const).map((q) =>
        timeseriesPanel({
          title: `Response time p${String(q * 100)} by route`,
          description: `Time in which ${String(q * 100)} % of each route's requests were answered.`,
          unit: "s",
          span: 8,
          queries: { [legend]: quantileOf(q) },
        }),
      ),
    ],
  };
}
