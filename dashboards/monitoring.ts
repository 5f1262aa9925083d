import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import {
  avg,
  count,
  cutLabel,
  gt,
  lt,
  max,
  min,
  not,
  rate,
  select,
  sub,
  sum,
  time,
  variable,
} from "../metrics/promql";
import { dashboard, dashboards, type Row } from "./dashboard";
import { known, orZero } from "./guards";
import { deliveryRow, notificationFailures } from "./monitoring-delivery";
import { statPanel, timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";
import { instanceVariable, labelChoice } from "./variables";

const range = "$__rate_interval";
const instance = variable(instanceVariable);
const chosen = { job: variable("job"), instance } as const;
/** Prometheus on itself: whichever targets the reader chose. */
const prometheus = { job: "prometheus", instance: variable("prometheus") } as const;
const perJob = { by: ["job"] } as const;

const up = select("up", chosen);
const series = sum(select("prometheus_tsdb_head_series", prometheus));
const stored = sum(select("prometheus_tsdb_storage_blocks_bytes", prometheus));
const limit = gt(sum(select("prometheus_tsdb_retention_limit_bytes", prometheus)), 0);

/** Whether the monitoring itself can be relied on: scrapes, series, rules, notifications, storage. */
export function monitoring(settings: DashboardSettings): Dashboard {
  return dashboard({
    uid: "monitoring",
    title: dashboards.monitoring,
    description: "Whether what watches can be relied on: scrapes, rules, notifications and room for more.",
    settings,
    variables: [
      labelChoice("job", "Job", { label: "job", series: select("up") }),
      labelChoice(instanceVariable, "Instance", {
        label: "instance",
        series: select("up", { job: variable("job") }),
      }),
      labelChoice("prometheus", "Prometheus", {
        label: "instance",
        series: select("up", { job: "prometheus" }),
      }),
    ],
    since: "6h",
    rows: [first(settings), scrapeRow(), seriesRow(), ruleRow(), deliveryRow(settings), storageRow()],
  });
}

function first({ thresholds }: DashboardSettings): Row {
  return {
    panels: [
      statPanel({
        title: "Targets up",
        description: "Share of the chosen targets that answered the last scrape.",
        unit: "percentunit",
        queries: { up: avg(up) },
        limits: { bad: "below", warning: 1 },
      }),
      statPanel({
        title: "Targets down",
        description: "Chosen targets that did not answer the last scrape.",
        unit: "none",
        queries: { down: orZero(count(lt(up, 1)), count(up)) },
        limits: { warning: 1 },
      }),
      statPanel({
        title: "Series",
        description: "Series that Prometheus holds in memory.",
        unit: "short",
        queries: { series },
      }),
      statPanel({
        title: "Alerts firing now",
        description: "Alerts that fire now, but for those that nobody is told of, such as the Watchdog.",
        unit: "none",
        queries: {
          alerts: orZero(
            count(select("ALERTS", { alertstate: "firing", severity: not("none") })),
            count(select("prometheus_build_info", prometheus)),
          ),
        },
        limits: { warning: 1 },
      }),
      statPanel({
        title: "Failed notifications",
        description: "Share of the notifications that Alertmanager could not deliver in the last hour.",
        unit: "percentunit",
        queries: { failed: max(notificationFailures("1h")) },
        limits: { critical: thresholds.notificationFailures },
        noValue: "None sent",
      }),
      statPanel({
        title: "Storage left",
        description:
          "Bytes until the oldest samples are deleted to make room; nothing where there is no limit by size.",
        unit: "bytes",
        queries: { left: sub(limit, stored) },
        noValue: "No limit",
      }),
    ],
  };
}

function scrapeRow(): Row {
  return {
    title: "Scrapes",
    panels: [
      timeseriesPanel({
        title: "Targets",
        description: "Share of each job's targets that answered the last scrape.",
        unit: "percentunit",
        span: 8,
        max: 1,
        queries: { "{{job}}": avg(up, perJob) },
      }),
      timeseriesPanel({
        title: "Scrape durations",
        description:
          "The longest scrape of each job. Beyond the scrape timeout, ten seconds by default, it fails.",
        unit: "s",
        span: 8,
        queries: { "{{job}}": max(select("scrape_duration_seconds", chosen), perJob) },
      }),
      timeseriesPanel({
        title: "Scrape sizes",
        description: "Samples in the largest scrape of each job.",
        unit: "short",
        span: 8,
        queries: { "{{job}}": max(select("scrape_samples_scraped", chosen), perJob) },
      }),
    ],
  };
}

function seriesRow(): Row {
  const created = sum(rate(select("prometheus_tsdb_head_series_created_total", prometheus), range));
  const removed = sum(rate(select("prometheus_tsdb_head_series_removed_total", prometheus), range));
  return {
    title: "Series",
    panels: [
      timeseriesPanel({
        title: "Series in memory",
        description: "Series that Prometheus holds in memory: its memory grows with them.",
        unit: "short",
        span: 8,
        queries: { series },
      }),
      timeseriesPanel({
        title: "Growth of series",
        description: "Series made and series removed per second. Many of both are labels without a bound.",
        unit: "cps",
        span: 8,
        queries: { created, removed },
      }),
      timeseriesPanel({
        title: "Samples",
        description: "Samples stored per second.",
        unit: "cps",
        span: 8,
        queries: {
          samples: sum(rate(select("prometheus_tsdb_head_samples_appended_total", prometheus), range)),
        },
      }),
    ],
  };
}

function ruleRow(): Row {
  const perGroup = { by: ["rule_group"] } as const;
  return {
    title: "Rules and queries",
    panels: [
      timeseriesPanel({
        title: "Rule evaluation time",
        description:
          "How long the last evaluation of each group took. Longer than its interval, evaluations are left out.",
        unit: "s",
        span: 8,
        queries: {
          // Prometheus calls a group by its file, a semicolon and its name.
          "{{rule_group}}": cutLabel(
            max(select("prometheus_rule_group_last_duration_seconds", prometheus), perGroup),
            "rule_group",
            ".*;(.+)",
          ),
        },
      }),
      timeseriesPanel({
        title: "Rule failures",
        description: "Evaluations per second that failed, and those that were left out for want of time.",
        unit: "cps",
        span: 8,
        queries: {
          failed: sum(rate(select("prometheus_rule_evaluation_failures_total", prometheus), range)),
          "left out": sum(rate(select("prometheus_rule_group_iterations_missed_total", prometheus), range)),
        },
      }),
      timeseriesPanel({
        title: "Query duration p99",
        description:
          "Time in which 99 % of the queries of the last ten minutes were answered, by part of the work.",
        unit: "s",
        span: 8,
        queries: {
          "{{slice}}": known(
            max(select("prometheus_engine_query_duration_seconds", { ...prometheus, quantile: "0.99" }), {
              by: ["slice"],
            }),
          ),
        },
        noValue: "No queries",
      }),
    ],
  };
}

function storageRow(): Row {
  return {
    title: "Storage",
    panels: [
      timeseriesPanel({
        title: "Storage",
        description: "Bytes that the blocks on disk take, and how many they may take where there is a limit.",
        unit: "bytes",
        queries: { stored, limit },
      }),
      timeseriesPanel({
        title: "Oldest sample",
        description:
          "How far back samples reach. It ends at the retention time, or before it where there is no room.",
        unit: "s",
        queries: { age: sub(time(), min(select("prometheus_tsdb_lowest_timestamp_seconds", prometheus))) },
      }),
    ],
  };
}
