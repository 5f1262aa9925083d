import { monitoringJobs } from "../../../metrics/exporters";
import { referenceServices } from "../reference-environment";
import { counter, gauge, type KnownSeries, type Labels } from "../series";
import { busy, incident, jitter, now } from "../timeline";
import { targetOf } from "./services";

const gib = 2 ** 30;
const environment = "reference";
const ports = { prometheus: 9090, alertmanager: 9093, grafana: 3000, jaeger: 8888, cadvisor: 8080 } as const;

/** Prometheus's own view of all that it scrapes, and what the programs of the monitoring tell of themselves. */
export function monitoringSeries(): KnownSeries[] {
  return [...scrapes(), ...prometheus(), ...alerts()];
}

function target(job: keyof typeof ports): Labels {
  return { job, instance: `${job}:${String(ports[job])}`, environment };
}

function scrapes(): KnownSeries[] {
  const hosts = ["docker-host", "docker-host-2"].map((instance) => ({
    job: "node-exporter",
    instance,
    environment,
  }));
  const programs = monitoringJobs.flatMap((job) => (job === "node-exporter" ? hosts : [target(job)]));
  return [...programs, ...referenceServices.map(targetOf)].flatMap((labels, index) => {
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

function prometheus(): KnownSeries[] {
  const own = target("prometheus");
  const groups = ["services", "business", "hosts", "containers", "monitoring", "objectives"];
  return [
    gauge("prometheus_build_info", { ...own, version: "3.13.5" }, () => 1),
    gauge("prometheus_config_last_reload_successful", own, () => 1),
    gauge("prometheus_notifications_alertmanagers_discovered", own, () => 1),
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
    ...groups.flatMap((name, index) => {
      const labels = { ...own, rule_group: `/etc/prometheus/rules/${name}.yml;${name}` };
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
function alerts(): KnownSeries[] {
  const [own, receiver] = [target("prometheus"), target("alertmanager")];
  const wrong = (time: number) => (time > incident.from && time < incident.to + 900 ? 1 : 0);
  const sent = (time: number) => 1 / 75 + 0.03 * wrong(time);
  const told: Readonly<Record<string, (time: number) => number>> = {
    webhook: () => 1 / 90,
    slack: (time) => 0.0035 * wrong(time),
    email: (time) => 0.0012 * wrong(time),
  };
  const integration = (name: string) => ({ ...receiver, integration: name, receiver_name: name });
  return [
    counter(
      "prometheus_notifications_sent_total",
      { ...own, alertmanager: "http://alertmanager:9093/api/v2/alerts" },
      sent,
    ),
    counter(
      "prometheus_notifications_errors_total",
      { ...own, alertmanager: "http://alertmanager:9093/api/v2/alerts" },
      () => 0,
    ),
    counter("prometheus_notifications_dropped_total", own, () => 0),
    gauge("prometheus_notifications_queue_length", own, () => 0),
    gauge("prometheus_notifications_queue_capacity", own, () => 10_000),
    gauge("alertmanager_config_last_reload_successful", receiver, () => 1),
    ...Object.entries(told).flatMap(([name, at]) => [
      counter("alertmanager_notifications_total", integration(name), at),
      counter("alertmanager_notifications_failed_total", { ...integration(name), reason: "other" }, () => 0),
    ]),
    counter(
      "grafana_http_request_duration_seconds_count",
      { ...target("grafana"), handler: "/api/ds/query", method: "POST", status_code: "200" },
      (time) => 0.4 + 2.2 * busy(time),
    ),
  ];
}
