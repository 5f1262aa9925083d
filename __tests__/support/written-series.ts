import { growing, openMetricsOf, type Span, steady, up, type Written, written } from "./written";
import { writtenContainers } from "./written-containers";

/** What one shop sells in an hour, by which its written counters grow. */
export const soldPerHour = { orders: 120, views: 600, revenue: 6_000, logins: 60, failed: 12 } as const;

/** Half of the orders are worth up to 50 dollars, the others up to 100. */
const shop: readonly Written[] = [
  ...["order-service", "product-service", "auth-service"].map((job) => up(job)),
  written("order-service", "orders_total", growing(soldPerHour.orders + soldPerHour.failed)),
  written("order-service", "orders_created_total", growing(soldPerHour.orders)),
  written("order-service", "orders_failed_total", growing(soldPerHour.failed), { reason: "internal_error" }),
  written("order-service", "order_value_dollars_sum", growing(soldPerHour.revenue)),
  ...[
    ["25", 0],
    ["50", 0.5],
    ["100", 1],
    ["+Inf", 1],
  ].map(([le, share]) =>
    written("order-service", "order_value_dollars_bucket", growing(soldPerHour.orders * Number(share)), {
      le: String(le),
    }),
  ),
  written("order-service", "active_orders", steady(7), { status: "paid" }),
  written("product-service", "products_viewed_total", growing(soldPerHour.views), { product_id: "p1" }),
  written("product-service", "product_stock_level", steady(4), { product_id: "p1", product_name: "Mug" }),
  written("auth-service", "login_attempts_total", growing(soldPerHour.logins), { status: "success" }),
];

/** The second machine has containers of the same names, which use less of their limits. */
const containers: readonly Written[] = [
  ...writtenContainers("docker-host", 0.25),
  ...writtenContainers("db-1", 0.1),
];

/** A file system that loses space, swap of which a quarter is used, a network that loses one packet of a hundred, and a Grafana that answers one of ten with 500. */
const others: readonly Written[] = [
  up("node-exporter"),
  ...Object.entries({ avail: 50e9, size: 100e9 }).map(([what, bytes]) =>
    written(
      "node-exporter",
      `node_filesystem_${what}_bytes`,
      (seconds) => (what === "avail" ? bytes - growing(1e9)(seconds) : bytes),
      { fstype: "ext4", mountpoint: "/", device: "/dev/sda1" },
    ),
  ),
  written("node-exporter", "node_filesystem_readonly", steady(0), {
    fstype: "ext4",
    mountpoint: "/",
    device: "/dev/sda1",
  }),
  ...["receive", "transmit"].flatMap((way) => [
    written("node-exporter", `node_network_${way}_packets_total`, growing(100_000), { device: "eth0" }),
    written("node-exporter", `node_network_${way}_errs_total`, growing(1_000), { device: "eth0" }),
  ]),
  ...["cpu", "memory", "io"].map((what) =>
    written("node-exporter", `node_pressure_${what}_waiting_seconds_total`, growing(360)),
  ),
  written("node-exporter", "node_nf_conntrack_entries", steady(1_000)),
  written("node-exporter", "node_nf_conntrack_entries_limit", steady(100_000)),
  ...["read", "write"].flatMap((way) => [
    written("node-exporter", `node_disk_${way}s_completed_total`, growing(3_600), { device: "sda" }),
    written("node-exporter", `node_disk_${way}_time_seconds_total`, growing(7.2), { device: "sda" }),
  ]),
  written("node-exporter", "node_memory_SwapTotal_bytes", steady(4e9)),
  written("node-exporter", "node_memory_SwapFree_bytes", steady(3e9)),
  ...[
    ["200", 900],
    ["500", 100],
  ].map(([status_code, perHour]) =>
    written("grafana", "grafana_http_request_duration_seconds_count", growing(Number(perHour)), {
      handler: "/",
      method: "GET",
      status_code: String(status_code),
    }),
  ),
];

/** A Grafana of whose questions one of ten fails, and which is answered the others. */
const questions: readonly Written[] = [
  up("grafana"),
  ...Object.entries({ ok: 900, error: 100 }).map(([status, perHour]) =>
    written("grafana", "grafana_plugin_request_total", growing(perHour), {
      plugin_id: "prometheus",
      endpoint: "queryData",
      status,
    }),
  ),
  written("grafana", "grafana_datasource_request_total", growing(900), {
    datasource: "prometheus",
    datasource_type: "prometheus",
    code: "200",
  }),
];

/** A Jaeger that takes and stores spans, and is asked for traces: each answer takes 2 ms. */
const traces: readonly Written[] = [
  up("jaeger"),
  ...Object.entries({ accepted: 3_600, refused: 0, failed: 0 }).map(([what, perHour]) =>
    written("jaeger", `otelcol_receiver_${what}_spans_total`, growing(perHour), { receiver: "otlp" }),
  ),
  ...Object.entries({ sent: 3_600, send_failed: 0 }).map(([what, perHour]) =>
    written("jaeger", `otelcol_exporter_${what}_spans_total`, growing(perHour), { exporter: "storage" }),
  ),
  written("jaeger", "otelcol_process_memory_rss_bytes", steady(100e6)),
  ...Object.entries({ requests_total: 360, latency_seconds_count: 360, latency_seconds_sum: 0.72 }).map(
    ([what, perHour]) =>
      written("jaeger", `jaeger_storage_${what}`, growing(perHour), { operation: "get_trace", result: "ok" }),
  ),
];

const edge = { service_name: "api-gateway", peer_service: "order-service" };

/** Calls of a service to another, of which a tenth fail and half take less than 100 ms. */
const calls: readonly Written[] = [
  up("span-metrics"),
  ...Object.entries({ "200": 3_240, "503": 360 }).map(([status, perHour]) =>
    written("span-metrics", "traces_span_metrics_calls_total", growing(perHour), {
      ...edge,
      http_response_status_code: status,
    }),
  ),
  ...Object.entries({ "0.05": 0, "0.1": 1_800, "0.25": 3_600, "+Inf": 3_600 }).map(([le, perHour]) =>
    written("span-metrics", "traces_span_metrics_duration_seconds_bucket", growing(perHour), { ...edge, le }),
  ),
];

/** A log shipper whose destination takes most of its lines. */
const shippedLines: readonly Written[] = [
  up("log-shipper"),
  written("log-shipper", "fluentbit_input_records_total", growing(7_200), { name: "containers" }),
  ...Object.entries({
    proc_records_total: growing(7_100),
    retries_total: growing(12),
    dropped_records_total: growing(36),
    chunk_available_capacity_percent: steady(80),
  }).map(([what, at]) => written("log-shipper", `fluentbit_output_${what}`, at, { name: "cloudwatch" })),
];

/** A Loki that takes most of the lines that come, and answers all that it is asked. */
const logLines: readonly Written[] = [
  up("loki"),
  written("loki", "loki_distributor_lines_received_total", growing(7_200), { tenant: "fake" }),
  written("loki", "loki_distributor_bytes_received_total", growing(2_000_000), { tenant: "fake" }),
  written("loki", "loki_discarded_samples_total", growing(36), { tenant: "fake", reason: "rate_limited" }),
  written("loki", "loki_request_duration_seconds_count", growing(3_600), {
    method: "POST",
    route: "loki_api_v1_push",
    status_code: "204",
  }),
  written("loki", "loki_ingester_memory_streams", steady(12), { tenant: "fake" }),
];

/** All series in the OpenMetrics format. */
export function openMetrics(spans: readonly Span[]): string {
  return openMetricsOf(
    [...shop, ...containers, ...others, ...questions, ...traces, ...calls, ...shippedLines, ...logLines],
    spans,
  );
}
