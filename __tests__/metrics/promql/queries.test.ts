import {
  absent,
  add,
  and,
  atEnd,
  anyOf,
  avg,
  changes,
  count,
  cutLabel,
  div,
  gt,
  increase,
  lt,
  matches,
  max,
  maxOverTime,
  mul,
  noneOf,
  not,
  notMatches,
  or,
  predictLinear,
  quantile,
  rate,
  ratio,
  recorded,
  sub,
  subquery,
  sum,
  time,
  topk,
  unless,
  variable,
  vector,
  type Query,
} from "../../../metrics/promql";
import { metricsRead } from "../../support/metrics-read";
import { select } from "../../support/settled-system";
import { intendedStructure, parsedStructure, syntaxErrors } from "../../support/promql";

const service = variable("service");
const realFilesystem = { fstype: noneOf("tmpfs", "overlay", "squashfs"), mountpoint: not("") } as const;
const containers = { name: not("") } as const;
const requests = select("http_requests_total", { service });
const errors = select("http_requests_total", { service, status_code: matches("5..") });
const perService = { by: ["service"] } as const;
const latency = rate(select("http_request_duration_seconds_bucket", { service }), "$__rate_interval");
const requestsPerService = recorded(
  "service:http_requests:rate5m",
  sum(rate(select("http_requests_total"), "5m"), perService),
);
const usedOfDisk = sub(
  1,
  div(
    select("node_filesystem_avail_bytes", realFilesystem),
    select("node_filesystem_size_bytes", realFilesystem),
  ),
);

const queries: readonly (readonly [name: string, query: Query, promql: string, reads: readonly string[]])[] =
  [
    [
      "request rate",
      sum(rate(requests, "$__rate_interval"), perService),
      'sum by (service) (rate(http_requests_total{service=~"$service"}[$__rate_interval]))',
      ["http_requests_total"],
    ],
    [
      "error ratio",
      ratio(
        sum(rate(errors, "$__rate_interval"), perService),
        sum(rate(requests, "$__rate_interval"), perService),
      ),
      'sum by (service) (rate(http_requests_total{service=~"$service", status_code=~"5.."}[$__rate_interval])) / (sum by (service) (rate(http_requests_total{service=~"$service"}[$__rate_interval])) > 0)',
      ["http_requests_total"],
    ],
    ...([0.5, 0.95, 0.99] as const).map(
      (q) =>
        [
          `response time, quantile ${String(q)}`,
          quantile(q, latency, perService),
          `histogram_quantile(${String(q)}, sum by (service, le) (rate(http_request_duration_seconds_bucket{service=~"$service"}[$__rate_interval])))`,
          ["http_request_duration_seconds"],
        ] as const,
    ),
    [
      "response time over all",
      quantile(0.95, latency),
      'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service=~"$service"}[$__rate_interval])))',
      ["http_request_duration_seconds"],
    ],
    [
      "buckets for a heat map",
      sum(increase(select("http_request_duration_seconds_bucket"), "$__rate_interval"), { by: ["le"] }),
      "sum by (le) (increase(http_request_duration_seconds_bucket[$__rate_interval]))",
      ["http_request_duration_seconds"],
    ],
    [
      "uptime",
      sub(time(), select("process_start_time_seconds", { service })),
      'time() - process_start_time_seconds{service=~"$service"}',
      ["process_start_time_seconds"],
    ],
    [
      "CPU of a host",
      sub(
        1,
        avg(
          sum(
            rate(
              select("node_cpu_seconds_total", { mode: anyOf("idle", "iowait", "steal") }),
              "$__rate_interval",
            ),
            {
              without: ["mode"],
            },
          ),
          { without: ["cpu"] },
        ),
      ),
      '1 - avg without (cpu) (sum without (mode) (rate(node_cpu_seconds_total{mode=~"idle|iowait|steal"}[$__rate_interval])))',
      ["node_cpu_seconds_total"],
    ],
    [
      "load per core",
      div(
        max(select("node_load1"), { by: ["instance"] }),
        count(select("node_cpu_seconds_total", { mode: "idle" }), { by: ["instance"] }),
      ),
      'max by (instance) (node_load1) / count by (instance) (node_cpu_seconds_total{mode="idle"})',
      ["node_cpu_seconds_total", "node_load1"],
    ],
    [
      "memory of a host",
      sub(1, div(select("node_memory_MemAvailable_bytes"), select("node_memory_MemTotal_bytes"))),
      "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes",
      ["node_memory_MemAvailable_bytes", "node_memory_MemTotal_bytes"],
    ],
    [
      "disk of a host",
      usedOfDisk,
      '1 - node_filesystem_avail_bytes{fstype!~"tmpfs|overlay|squashfs", mountpoint!=""} / node_filesystem_size_bytes{fstype!~"tmpfs|overlay|squashfs", mountpoint!=""}',
      ["node_filesystem_avail_bytes", "node_filesystem_size_bytes"],
    ],
    [
      "disk full within a day",
      and(
        lt(predictLinear(select("node_filesystem_avail_bytes", realFilesystem), "6h", 86_400), 0),
        gt(usedOfDisk, 0.6),
      ),
      'predict_linear(node_filesystem_avail_bytes{fstype!~"tmpfs|overlay|squashfs", mountpoint!=""}[6h], 86400) < 0 and 1 - node_filesystem_avail_bytes{fstype!~"tmpfs|overlay|squashfs", mountpoint!=""} / node_filesystem_size_bytes{fstype!~"tmpfs|overlay|squashfs", mountpoint!=""} > 0.6',
      ["node_filesystem_avail_bytes", "node_filesystem_size_bytes"],
    ],
    [
      "network of a host",
      sum(
        rate(
          select("node_network_receive_bytes_total", { device: notMatches("lo|veth.*|br-.*|docker0") }),
          "5m",
        ),
        {
          by: ["instance"],
        },
      ),
      'sum by (instance) (rate(node_network_receive_bytes_total{device!~"lo|veth.*|br-.*|docker0"}[5m]))',
      ["node_network_receive_bytes_total"],
    ],
    [
      "container memory of limit",
      ratio(
        select("container_memory_working_set_bytes", containers),
        select("container_spec_memory_limit_bytes", containers),
      ),
      'container_memory_working_set_bytes{name!=""} / (container_spec_memory_limit_bytes{name!=""} > 0)',
      ["container_memory_working_set_bytes", "container_spec_memory_limit_bytes"],
    ],
    [
      "the greatest of the time that is shown, at each of its steps",
      topk(
        5,
        atEnd(
          maxOverTime(subquery(max(select("node_load5"), { by: ["instance"] }), "$__range", "$__interval")),
        ),
      ),
      "topk(5, max_over_time(max by (instance) (node_load5)[$__range:$__interval] @ end()))",
      ["node_load5"],
    ],
    [
      "restarts of a container",
      changes(
        subquery(max(select("container_start_time_seconds", containers), { by: ["name"] }), "15m", "1m"),
      ),
      'changes(max by (name) (container_start_time_seconds{name!=""})[15m:1m])',
      ["container_start_time_seconds"],
    ],
    [
      "conversion",
      ratio(
        sum(increase(select("orders_created_total"), "1h")),
        sum(increase(select("products_viewed_total"), "1h")),
      ),
      "sum(increase(orders_created_total[1h])) / (sum(increase(products_viewed_total[1h])) > 0)",
      ["orders_created_total", "products_viewed_total"],
    ],
    [
      "revenue of an hour against a week before",
      sub(
        sum(increase(select("order_value_dollars_sum"), "1h")),
        sum(increase(select("order_value_dollars_sum").offset("1w"), "1h")),
      ),
      "sum(increase(order_value_dollars_sum[1h])) - sum(increase(order_value_dollars_sum[1h] offset 1w))",
      ["order_value_dollars"],
    ],
    [
      "a service that is not there",
      or(absent(select("up", { job: "order-service" })), vector(0)),
      'absent(up{job="order-service"}) or vector(0)',
      ["up"],
    ],
    [
      "stock running low, with the product's name",
      topk(5, lt(max(select("product_stock_level"), { by: ["product_id", "product_name"] }), 10)),
      "topk(5, max by (product_id, product_name) (product_stock_level) < 10)",
      ["product_stock_level"],
    ],
    [
      "memory with the name of the host",
      mul(
        select("node_memory_MemAvailable_bytes"),
        max(select("node_uname_info"), { by: ["instance", "nodename"] }),
        { on: ["instance"], groupLeft: ["nodename"] },
      ),
      "node_memory_MemAvailable_bytes * on (instance) group_left (nodename) max by (instance, nodename) (node_uname_info)",
      ["node_memory_MemAvailable_bytes", "node_uname_info"],
    ],
    [
      "services without traffic, by a recorded series",
      unless(gt(select("up", { service }), 0), gt(select(requestsPerService), 0), { on: ["service"] }),
      'up{service=~"$service"} > 0 unless on (service) service:http_requests:rate5m > 0',
      ["service:http_requests:rate5m", "up"],
    ],
    [
      "sum of read and written bytes",
      add(
        rate(select("node_disk_read_bytes_total"), "5m"),
        rate(select("node_disk_written_bytes_total"), "5m"),
      ),
      "rate(node_disk_read_bytes_total[5m]) + rate(node_disk_written_bytes_total[5m])",
      ["node_disk_read_bytes_total", "node_disk_written_bytes_total"],
    ],
  ];

describe.each(queries)("%s", (_name, query, promql, reads) => {
  it("renders", () => {
    expect(String(query)).toBe(promql);
  });

  it("parses, with the structure that was meant", () => {
    expect(syntaxErrors(promql)).toEqual([]);
    expect(parsedStructure(promql)).toBe(intendedStructure(query.node));
  });

  it("says which metrics it reads", () => {
    expect(metricsRead(query)).toEqual(reads);
  });
});

it("cuts a label down to a part of itself", () => {
  const durations = select("prometheus_rule_group_last_duration_seconds");
  expect(cutLabel(durations, "rule_group", ".*;(.+)").toString()).toBe(
    'label_replace(prometheus_rule_group_last_duration_seconds, "rule_group", "$1", "rule_group", ".*;(.+)")',
  );
});
