import { describeRules, type Cases } from "./cases";
import { asking, soundDashboard } from "./sound-dashboard";

const cases: Cases = {
  syntax: {
    caught: [
      [
        asking("rate(up{$own}) > 0"),
        `target A: no PromQL at "up{job="api-gateway", instance": expected type range vector in call to function "rate", got instant vector`,
      ],
      [asking("sum(rate("), 'target A: no PromQL at "its end": unexpected end of input'],
      [asking("up{$own, service=api}"), 'target A: no PromQL at "api}": unexpected "api"'],
    ],
    passes: [
      asking("sum(up{$own}) # all of them"),
      asking('up{$own, service=~"${instance:regex}"} offset 1w'),
      asking("topk($instance, up{$own})"),
    ],
  },
  "known-variables": {
    caught: [[asking('up{$own, service="$service"}'), 'target A: there is no variable "service"']],
    passes: [
      asking("avg_over_time(up{$own}[${__range_s}s])"),
      asking("max_over_time(up{$own}[[[instance]]])"),
    ],
  },
  "target-matchers": {
    caught: [
      [asking("sum(up)"), "target A: up has no matcher of job and instance"],
      [asking('up{$own} and up{job="a"}'), 'target A: up{job="a"} has no matcher of instance'],
    ],
    passes: [asking("service:http_requests:rate5m"), asking('ALERTS{alertstate="firing"}')],
  },
  "rate-interval": {
    caught: [
      [
        asking("rate(process_cpu_seconds_total{job='a',instance='b'}[5m])"),
        "target A: rate(process_cpu_seconds_total{job='a',instance='b'}[5m]) must be over $__rate_interval",
      ],
      [
        asking("rate(orders_total{job='a',instance='b'}[5m] offset 1h)"),
        "target A: rate(orders_total{job='a',instance='b'}[5m] offset 1h) must be over $__rate_interval",
      ],
      [
        asking("irate(orders_total{job='a',instance='b'}[5m] @ end())"),
        "target A: irate(orders_total{job='a',instance='b'}[5m] @ end()) must be over $__rate_interval",
      ],
      [
        asking("increase(orders_total{job='a',instance='b'}[$__interval])"),
        "target A: increase(orders_total{job='a',instance='b'}[$__interval]) must be over a fixed range, $__rate_interval or $__range",
      ],
    ],
    passes: [
      asking("rate(orders_total{$own}[$__rate_interval])"),
      asking("rate(orders_total{$own}[${__rate_interval}] offset 1d)"),
      asking("rate((orders_total{$own})[5m:1m])"),
      asking("increase(orders_total{$own}[1h])"),
    ],
  },
  "counter-functions": {
    caught: [
      [
        asking("max_over_time(orders_total{$own}[5m:1m])"),
        "target A: the counter orders_total is read as it is; take its rate or increase",
      ],
      [
        asking("orders_total{$own}"),
        "target A: the counter orders_total is read as it is; take its rate or increase",
      ],
      [
        asking("sum(max_over_time(order_value_dollars_sum{$own}[1h]))"),
        "target A: the counter order_value_dollars_sum is read as it is; take its rate or increase",
      ],
      // A counter in spite of its name.
      [
        asking("node_vmstat_pgmajfault{$own}"),
        "target A: the counter node_vmstat_pgmajfault is read as it is; take its rate or increase",
      ],
      [
        asking("rate(orders_total{$own}[$__rate_interval]) > orders_total{$own}"),
        "target A: the counter orders_total is read as it is; take its rate or increase",
      ],
    ],
    passes: [
      asking("count by (reason) (orders_failed_total{$own})"),
      asking("absent(orders_total{$own})"),
      // A gauge in spite of its name.
      asking("nodejs_active_handles_total{$own}"),
    ],
  },
  "histogram-le": {
    caught: [
      [
        asking(
          "histogram_quantile(0.95, sum by (service) (rate(http_request_duration_seconds_bucket{$own}[$__rate_interval])))",
        ),
        "target A: sum drops the label le, which histogram_quantile needs",
      ],
      [
        asking(
          "histogram_quantile(0.95, sum without (le) (rate(http_request_duration_seconds_bucket{$own}[$__rate_interval])))",
        ),
        "target A: sum drops the label le, which histogram_quantile needs",
      ],
    ],
    passes: [
      asking(
        "histogram_quantile(0.95, topk(3, rate(http_request_duration_seconds_bucket{$own}[$__rate_interval])))",
      ),
      asking(
        "histogram_quantile(0.95, sum by (service, le) (rate(http_request_duration_seconds_bucket{$own}[$__rate_interval])))",
      ),
      asking(
        "histogram_quantile(0.95, sum without (route) (rate(http_request_duration_seconds_bucket{$own}[$__rate_interval])))",
      ),
    ],
  },
  "safe-ratio": {
    caught: [
      [
        asking("sum(active_orders{$own}) / sum(up{$own})"),
        'target A: sum(up{job="api-gateway", instance=~"$instance"}) may be 0; divide by (… > 0)',
      ],
      [
        asking("vector(1) / (vector(0) >= bool 1)"),
        "target A: (vector(0) >= bool 1) may be 0; divide by (… > 0)",
      ],
      [
        asking("1 / (up{$own} > -1)"),
        'target A: (up{job="api-gateway", instance=~"$instance"} > -1) may be 0; divide by (… > 0)',
      ],
    ],
    passes: [
      asking("active_orders{$own} / 1024"),
      asking("sum(active_orders{$own}) / (sum(up{$own}) > 0)"),
      asking("sum(active_orders{$own}) / sum(up{$own} != 0)"),
      asking("sum(active_orders{$own}) / count(up{$own})"),
      asking("sum(active_orders{$own}) / clamp_min(sum(up{$own}), 1)"),
      asking("sum(active_orders{$own}) / sum(up{$own}) and sum(up{$own}) > 0"),
    ],
  },
  legend: {
    caught: [
      [
        asking("sum by (job) (up{$own})", "{{service}}"),
        'target A: the legend names the label "service", which the query has not',
      ],
    ],
    passes: [
      asking("sum by (job) (up{$own})", "{{job}}"),
      asking('label_replace(up{$own}, "host", "$1", "instance", "(.*):.*")', "{{host}}"),
      asking("service:http_requests:rate5m", "{{service}}"),
    ],
  },
  catalogue: {
    caught: [
      [asking("temperature_celsius{$own}"), 'target A: the catalogue has no metric "temperature_celsius"'],
      [asking("shop:unknown:rate5m"), 'target A: the catalogue has no metric "shop:unknown:rate5m"'],
      [asking('up{$own, pod="a"}'), 'target A: up has no label "pod"'],
      [
        asking("sum by (pod) (up{$own})"),
        'target A: there is no label "pod" in sum by (pod) (up{job="api-gateway", instance=~"$instance"})',
      ],
      [
        asking("up{$own} * on (route) group_left sum by (job) (up{$own})"),
        'target A: there is no label "route" in up{job="api-gateway", instance=~"$instance"} * on (route) group_left sum by (job) (up{job="api-gateway", instance=~"$instance"})',
      ],
      [
        soundDashboard({
          templating: {
            list: [
              { name: "datasource", type: "datasource" },
              {
                name: "instance",
                type: "query",
                datasource: "$datasource",
                query: "label_values(unknown_metric, instance)",
              },
            ],
          },
        }),
        'variable instance: the catalogue has no metric "unknown_metric"',
      ],
    ],
    passes: [
      asking("sum by (service, objective) (service:objective_target:ratio)"),
      asking("avg without (name) (instance_name:container_memory_working_set:ratio_limit)"),
    ],
  },
};

describeRules(cases);
