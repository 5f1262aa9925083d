import { basename } from "node:path";
import { monitoringJobs } from "../../../metrics/exporters";
import { counter, gauge, type KnownSeries } from "../../../dashboards/known-traffic/series";
import { busy, incident, jitter, now } from "../../../dashboards/known-traffic/timeline";
import type { Environment } from "../../../environments";
import type { Targets } from "./targets";

const gib = 2 ** 30;

/**
 * Prometheus's own view of all that it scrapes, and what the programs of the monitoring tell of themselves.
 * @param ruleFiles names of the files of its rules
 */
export function monitoringSeries(
  { services }: Environment,
  targets: Targets,
  ruleFiles: readonly string[],
): KnownSeries[] {
  const jobs = [...monitoringJobs, ...services.map(({ name }) => name)];
  return [
    ...scrapes(targets, jobs),
    ...prometheus(targets, ruleFiles),
    ...alerts(targets),
    ...grafana(targets),
    ...jaeger(targets),
  ];
}

function scrapes(targets: Targets, jobs: readonly string[]): KnownSeries[] {
  return jobs
    .flatMap((job) => targets.all(job))
    .flatMap((labels, index) => {
      const samples = 180 + ((index * 397) % 1_150);
      return [
        gauge("up", labels, () => 1),
        gauge(
          "scrape_duration_seconds",
          labels,
          (time) => (0.003 + samples * 9e-6) * (1 + 0.06 * jitter(400 + index, time)),
        ),
        gauge("scrape_samples_scraped", labels, () => samples),
        gauge("scrape_samples_post_metric_relabeling", labels, () => samples),
      ];
    });
}

function prometheus(targets: Targets, ruleFiles: readonly string[]): KnownSeries[] {
  const own = targets.first("prometheus");
  return [
    gauge("prometheus_build_info", { ...own, version: "3.13.5" }, () => 1),
    gauge("prometheus_config_last_reload_successful", own, () => 1),
    gauge("prometheus_notifications_alertmanagers_discovered", own, () => 1),
    ...[
      "prometheus_target_scrapes_exceeded_sample_limit_total",
      "prometheus_target_scrapes_exceeded_body_size_limit_total",
      "prometheus_target_scrape_pool_exceeded_label_limits_total",
      "prometheus_target_scrapes_sample_duplicate_timestamp_total",
      "prometheus_target_scrapes_sample_out_of_order_total",
      "prometheus_tsdb_compactions_failed_total",
      "prometheus_tsdb_reloads_failures_total",
      "prometheus_tsdb_wal_corruptions_total",
    ].map((name) => counter(name, own, () => 0)),
    gauge("prometheus_tsdb_head_series", own, (time) => Math.round(7_900 + 240 * busy(time))),
    counter("prometheus_tsdb_head_series_created_total", own, (time) => 0.02 + 0.05 * busy(time)),
    counter("prometheus_tsdb_head_series_removed_total", own, () => 0.03),
    counter(
      "prometheus_tsdb_head_samples_appended_total",
      { ...own, type: "float" },
      (time) => 131 + 4 * busy(time),
    ),
    gauge(
      "prometheus_tsdb_storage_blocks_bytes",
      own,
      (time) => (3.1 + 0.14 * ((time - now) / 86_400)) * gib,
    ),
    gauge("prometheus_tsdb_retention_limit_bytes", own, () => 8 * gib),
    gauge("prometheus_tsdb_lowest_timestamp_seconds", own, () => now - 15 * 86_400),
    ...ruleFiles.flatMap((file, index) => {
      // Of each file one group stands for all.
      const labels = { ...own, rule_group: `/etc/prometheus/rules/${file};${basename(file, ".yml")}` };
      return [
        gauge(
          "prometheus_rule_group_last_duration_seconds",
          labels,
          (time) => (0.003 + 0.0021 * index) * (1 + 0.08 * jitter(450 + index, time)),
        ),
        counter("prometheus_rule_evaluation_failures_total", labels, () => 0),
        counter("prometheus_rule_group_iterations_missed_total", labels, () => 0),
      ];
    }),
    ...Object.entries({ inner_eval: 0.021, prepare_time: 0.004, queue_time: 0.0004 }).map(
      ([slice, seconds], index) =>
        gauge(
          "prometheus_engine_query_duration_seconds",
          { ...own, slice, quantile: "0.99" },
          (time) => seconds * (1 + 0.12 * jitter(470 + index, time)),
        ),
    ),
  ];
}

/** What is sent on: the Watchdog always, more while something is wrong and when it is over. */
function alerts(targets: Targets): KnownSeries[] {
  const [own, receiver] = [targets.first("prometheus"), targets.first("alertmanager")];
  const to = { ...own, alertmanager: `http://${receiver.instance ?? ""}/api/v2/alerts` };
  const wrong = (time: number) => (time > incident.from && time < incident.to + 900 ? 1 : 0);
  const sent = (time: number) => 1 / 75 + 0.03 * wrong(time);
  const told: Readonly<Record<string, (time: number) => number>> = {
    webhook: () => 1 / 90,
    slack: (time) => 0.0035 * wrong(time),
    email: (time) => 0.0012 * wrong(time),
  };
  const integration = (name: string) => ({ ...receiver, integration: name, receiver_name: name });
  return [
    counter("prometheus_notifications_sent_total", to, sent),
    counter("prometheus_notifications_errors_total", to, () => 0),
    counter("prometheus_notifications_dropped_total", own, () => 0),
    gauge("prometheus_notifications_queue_length", own, () => 0),
    gauge("prometheus_notifications_queue_capacity", own, () => 10_000),
    gauge("alertmanager_config_last_reload_successful", receiver, () => 1),
    ...Object.entries(told).flatMap(([name, at]) => [
      counter("alertmanager_notifications_total", integration(name), at),
      counter("alertmanager_notifications_failed_total", { ...integration(name), reason: "other" }, () => 0),
    ]),
    ...Object.entries({ active: 0, pending: 0, expired: 2 }).map(([state, silences]) =>
      gauge("alertmanager_silences", { ...receiver, state }, () => silences),
    ),
    ...Object.entries({
      active: (time: number) => 1 + 2 * wrong(time),
      suppressed: wrong,
      unprocessed: () => 0,
    }).map(([state, at]) => gauge("alertmanager_alerts", { ...receiver, state }, at)),
  ];
}

/** Dashboards that are open ask all the time. */
function grafana(targets: Targets): KnownSeries[] {
  const own = targets.first("grafana");
  const asked = (time: number) => 0.4 + 2.2 * busy(time);
  const question = { ...own, plugin_id: "prometheus", endpoint: "queryData", target: "embedded" };
  return [
    counter(
      "grafana_http_request_duration_seconds_count",
      { ...own, handler: "/api/ds/query", method: "POST", status_code: "200" },
      asked,
    ),
    counter("grafana_plugin_request_total", { ...question, status: "ok", status_source: "plugin" }, asked),
    counter(
      "grafana_plugin_request_total",
      { ...question, status: "error", status_source: "downstream" },
      () => 0,
    ),
    counter(
      "grafana_datasource_request_total",
      { ...own, datasource: "prometheus", datasource_type: "prometheus", code: "200", method: "post" },
      asked,
    ),
  ];
}

/** What the services send of their requests, and the few who look at it. */
function jaeger(targets: Targets): KnownSeries[] {
  const own = targets.first("jaeger");
  const spans = (time: number) => 2 + 46 * busy(time);
  const received = { ...own, receiver: "otlp", transport: "http" };
  const stored = { ...own, exporter: "jaeger_storage_exporter" };
  const storage = { ...own, kind: "memory", name: "in-memory", role: "tracestore", result: "ok" };
  return [
    counter("otelcol_receiver_accepted_spans_total", received, spans),
    counter("otelcol_receiver_refused_spans_total", received, () => 0),
    counter("otelcol_receiver_failed_spans_total", received, () => 0),
    counter("otelcol_exporter_sent_spans_total", stored, spans),
    counter("otelcol_exporter_send_failed_spans_total", stored, () => 0),
    gauge("otelcol_process_memory_rss_bytes", own, (time) => (0.21 + 0.02 * busy(time)) * gib),
    ...Object.entries({ find_traces: 0.006, get_trace: 0.0007, get_services: 0.00002 }).flatMap(
      ([operation, takes], index) => {
        const labels = { ...storage, operation };
        const perSecond = (time: number) => 0.01 + 0.03 * busy(time);
        return [
          counter("jaeger_storage_requests_total", labels, perSecond),
          counter("jaeger_storage_latency_seconds_count", labels, perSecond),
          counter(
            "jaeger_storage_latency_seconds_sum",
            labels,
            (time) => perSecond(time) * takes * (1 + 0.2 * jitter(490 + index, time)),
          ),
        ];
      },
    ),
  ];
}
