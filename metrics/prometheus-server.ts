import { foreign, owned } from "./define";
import { open } from "./labels";

const seconds = { unit: "seconds" } as const;
const bytes = { unit: "bytes" } as const;
const failures = { unit: "failures" } as const;
const ofServer = { onlyWith: "prometheus-server" } as const;
const group = { rule_group: open() };
const alertmanager = { labels: { alertmanager: open() }, absentWhen: "no Alertmanager is known" };

/** Prometheus on its own state: configuration, scrapes, rules, notifications, storage, queries. */
export const prometheusServer = owned({ owner: "prometheus", exportedBy: ["prometheus"] }, [
  foreign("gauge", "prometheus_build_info", {
    unit: "constant 1",
    help: "Version, in the labels.",
    labels: {
      branch: open(),
      goarch: open(),
      goos: open(),
      goversion: open(),
      revision: open(),
      tags: open(),
      version: open(),
    },
  }),
  foreign("gauge", "prometheus_config_last_reload_successful", {
    unit: "boolean",
    help: "Whether the configuration was taken at the last reload (1) or not (0).",
  }),
  foreign("gauge", "prometheus_config_last_reload_success_timestamp_seconds", {
    ...seconds,
    help: "When the configuration was taken last, in Unix time.",
  }),
  foreign("counter", "prometheus_target_scrape_pool_exceeded_target_limit_total", {
    unit: "reloads",
    help: "Times that a job had more targets than it may have.",
  }),
  foreign("counter", "prometheus_target_scrapes_exceeded_sample_limit_total", {
    unit: "scrapes",
    help: "Scrapes refused for too many samples.",
  }),
  foreign("counter", "prometheus_target_scrapes_exceeded_body_size_limit_total", {
    unit: "scrapes",
    help: "Scrapes refused for too many bytes.",
  }),
  foreign("counter", "prometheus_target_scrape_pool_exceeded_label_limits_total", {
    unit: "scrapes",
    help: "Scrapes refused for too many or too long labels.",
  }),
  foreign("counter", "prometheus_target_scrapes_sample_duplicate_timestamp_total", {
    unit: "samples",
    help: "Samples refused, as another value of the same time was there.",
  }),
  foreign("counter", "prometheus_target_scrapes_sample_out_of_order_total", {
    unit: "samples",
    help: "Samples refused for being older than the last one.",
  }),
  foreign("gauge", "prometheus_sd_discovered_targets", {
    unit: "targets",
    help: "Targets found.",
    labels: { config: open(), name: open() },
  }),
  foreign("counter", "prometheus_rule_evaluations_total", {
    ...ofServer,
    unit: "evaluations",
    help: "Rules evaluated.",
    labels: group,
  }),
  foreign("counter", "prometheus_rule_evaluation_failures_total", {
    ...ofServer,
    ...failures,
    help: "Rules that could not be evaluated.",
    labels: group,
  }),
  foreign("counter", "prometheus_rule_group_iterations_missed_total", {
    ...ofServer,
    unit: "iterations",
    help: "Evaluations of a group left out, as the one before took too long.",
    labels: group,
  }),
  foreign("gauge", "prometheus_rule_group_last_duration_seconds", {
    ...ofServer,
    ...seconds,
    help: "Duration of a group's last evaluation.",
    labels: group,
  }),
  foreign("gauge", "prometheus_rule_group_interval_seconds", {
    ...ofServer,
    ...seconds,
    help: "Interval between a group's evaluations.",
    labels: group,
  }),
  foreign("gauge", "prometheus_rule_group_last_evaluation_timestamp_seconds", {
    ...ofServer,
    ...seconds,
    help: "When a group was evaluated last, in Unix time.",
    labels: group,
  }),
  foreign("gauge", "prometheus_rule_group_rules", {
    ...ofServer,
    unit: "rules",
    help: "Rules of a group.",
    labels: group,
  }),
  foreign("gauge", "prometheus_notifications_alertmanagers_discovered", {
    ...ofServer,
    unit: "Alertmanagers",
    help: "Alertmanagers that notifications go to.",
  }),
  foreign("counter", "prometheus_notifications_sent_total", {
    ...ofServer,
    ...alertmanager,
    unit: "alerts",
    help: "Alerts sent to an Alertmanager.",
  }),
  foreign("counter", "prometheus_notifications_errors_total", {
    ...ofServer,
    ...alertmanager,
    unit: "alerts",
    help: "Alerts that could not be sent to an Alertmanager.",
  }),
  foreign("counter", "prometheus_notifications_dropped_total", {
    ...ofServer,
    ...alertmanager,
    unit: "alerts",
    help: "Alerts dropped, as no Alertmanager took them.",
  }),
  foreign("gauge", "prometheus_notifications_queue_length", {
    ...ofServer,
    ...alertmanager,
    unit: "alerts",
    help: "Alerts that wait to be sent.",
  }),
  foreign("gauge", "prometheus_notifications_queue_capacity", {
    ...ofServer,
    unit: "alerts",
    help: "Alerts that may wait.",
  }),
  foreign("summary", "prometheus_notifications_latency_seconds", {
    ...ofServer,
    ...alertmanager,
    ...seconds,
    help: "Time that sending to an Alertmanager took.",
  }),
  foreign("gauge", "prometheus_tsdb_head_series", { ...ofServer, unit: "series", help: "Series in memory." }),
  foreign("counter", "prometheus_tsdb_head_series_created_total", {
    ...ofServer,
    unit: "series",
    help: "Series created.",
  }),
  foreign("counter", "prometheus_tsdb_head_series_removed_total", {
    ...ofServer,
    unit: "series",
    help: "Series removed.",
  }),
  foreign("gauge", "prometheus_tsdb_head_chunks", { ...ofServer, unit: "chunks", help: "Chunks in memory." }),
  foreign("counter", "prometheus_tsdb_head_samples_appended_total", {
    ...ofServer,
    unit: "samples",
    help: "Samples stored.",
    labels: { type: open() },
  }),
  foreign("gauge", "prometheus_tsdb_storage_blocks_bytes", {
    ...ofServer,
    ...bytes,
    help: "Size of the blocks on disk.",
  }),
  foreign("gauge", "prometheus_tsdb_retention_limit_bytes", {
    ...ofServer,
    ...bytes,
    help: "Size that the storage may have; 0 where there is no limit.",
  }),
  foreign("gauge", "prometheus_tsdb_lowest_timestamp_seconds", {
    ...ofServer,
    ...seconds,
    help: "Oldest sample, in Unix time.",
  }),
  foreign("counter", "prometheus_tsdb_reloads_failures_total", {
    ...ofServer,
    ...failures,
    help: "Failed loads of the blocks.",
  }),
  foreign("counter", "prometheus_tsdb_compactions_failed_total", {
    ...ofServer,
    ...failures,
    help: "Failed compactions.",
  }),
  foreign("counter", "prometheus_tsdb_wal_corruptions_total", {
    ...ofServer,
    ...failures,
    help: "Corruptions of the log.",
  }),
  foreign("summary", "prometheus_engine_query_duration_seconds", {
    ...ofServer,
    ...seconds,
    help: "Duration of queries, by part.",
    labels: { slice: open() },
  }),
  foreign("counter", "prometheus_http_requests_total", {
    unit: "requests",
    help: "HTTP requests answered.",
    labels: { code: open(), handler: open() },
  }),
]);
