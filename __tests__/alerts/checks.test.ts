import { stringify } from "yaml";
import { allChecks } from "../../alerts/lint/checks";
import { checkRules } from "../../alerts/lint/lint";
import { catalogue } from "../support/system";

const misspelt = "http_requests_total".replace("s_total", "_total");
const settings = { scrapeInterval: "15s", retention: "15d", catalogue, features: [] };
const alert = {
  alert: "A",
  expr: "up == 0",
  for: "5m",
  labels: { severity: "warning" },
  annotations: { summary: "x", description: "x" },
};

function findings(...rules: readonly object[]): { readonly check: string; readonly message: string }[] {
  return checkRules({ "rules.yml": stringify({ groups: [{ name: "g", rules }] }) }, settings).map(
    ({ check, message }) => ({
      check,
      message,
    }),
  );
}

const caught: readonly (readonly [
  check: string,
  title: string,
  rules: readonly object[],
  message: string,
])[] = [
  ["syntax", "a missing parenthesis", [{ ...alert, expr: "sum(up == 0" }], "no PromQL at character"],
  ["comparison", "none", [{ ...alert, expr: "rate(http_requests_total[5m])" }], "fires for every series"],
  ["comparison", "one that does not filter", [{ ...alert, expr: "up == bool 0" }], "fires for every series"],
  ["comparison", "one side of or", [{ ...alert, expr: "up == 0 or up" }], "fires for every series"],
  [
    "comparison",
    "only the right side of or",
    [{ ...alert, expr: "up or up == 1" }],
    "fires for every series",
  ],
  ["for-two-scrapes", "none", [{ ...alert, for: undefined }], "at least two scrapes, 30 s"],
  ["for-two-scrapes", "too short", [{ ...alert, for: "20s" }], "waits for 20 s"],
  [
    "range-two-scrapes",
    "too short",
    [{ ...alert, expr: "rate(http_requests_total[20s]) > 1" }],
    "http_requests_total[20s] may hold one sample",
  ],
  [
    "rate-of-counter",
    "a gauge",
    [{ ...alert, expr: "rate(node_load1[5m]) > 1" }],
    "node_load1, which is a gauge",
  ],
  [
    "rate-of-counter",
    "a sum",
    [{ ...alert, expr: "rate(sum(http_requests_total)[5m:]) > 1" }],
    "a counter's reset cannot be seen",
  ],
  [
    "rate-of-counter",
    "a recorded series",
    [{ ...alert, expr: "increase(service:http_requests:sum[5m]) > 1" }],
    "record the rate itself",
  ],
  ["absent-for", "none", [{ ...alert, expr: 'absent(up{job="a"})', for: undefined }], "has just started"],
  [
    "value-in-labels",
    "the value",
    [{ ...alert, labels: { severity: "warning", v: "{{ $value | humanize }}" } }],
    "The label v holds the value",
  ],
  [
    "template-labels",
    "a label that a sum drops",
    [{ ...alert, expr: "sum by (job) (up) == 0", annotations: { summary: "{{ $labels.instance }}" } }],
    "shows the label instance",
  ],
  [
    "template-labels",
    "a label that the metric never had",
    [{ ...alert, annotations: { summary: "{{ $labels.pod }}" } }],
    "shows the label pod",
  ],
  [
    "template-labels",
    "a label that a recorded series does not have",
    [
      { record: "job:up:sum", expr: "sum by (job) (up)" },
      { ...alert, expr: "job:up:sum == 0", annotations: { summary: "{{ $labels.service }}" } },
    ],
    "shows the label service",
  ],
  [
    "vector-matching",
    "sums by different labels",
    [{ ...alert, expr: "sum by (job) (up) / sum by (service) (up) > 1" }],
    "job, service is on one side only",
  ],
  [
    "vector-matching",
    "on a label that one side lost",
    [{ ...alert, expr: "sum by (job) (up) / on (instance) up > 1" }],
    "matches on instance, which one side does not have",
  ],
  [
    "vector-matching",
    "a metric with a label more",
    [{ ...alert, expr: "orders_failed_total / orders_total > 1" }],
    "reason is on one side only",
  ],
  [
    "offset-within-retention",
    "a month",
    [{ ...alert, expr: "up < up offset 30d" }],
    "the rule never has data",
  ],
  [
    "offset-within-retention",
    "of a subquery",
    [{ ...alert, expr: "max_over_time(up[5m:1m] offset 30d) < 1" }],
    "the rule never has data",
  ],
  ["duplicates", "an alert", [alert, { ...alert, expr: "up < 1" }], "is a duplicate of one in group g"],
  [
    "unread-records",
    "a record",
    [{ record: "job:up:sum", expr: "sum by (job) (up)" }],
    "No rule and no dashboard",
  ],
  [
    "dependency-order",
    "a record behind its reader",
    [
      { ...alert, expr: "job:up:sum == 0" },
      { record: "job:up:sum", expr: "sum by (job) (up)" },
    ],
    "records later",
  ],
  [
    "feature",
    "experimental syntax without its flag",
    [{ ...alert, expr: "limitk(1, up) == 0" }],
    '"limitk(1, up)" needs a Prometheus with --enable-feature=promql-experimental-functions',
  ],
  [
    "template",
    "a function that there is not",
    [{ ...alert, annotations: { summary: "{{ humanise $value }}", description: "x" } }],
    '"summary" is no template: function "humanise" not defined; did you mean "humanize"?',
  ],
  [
    "catalogue",
    "a misspelt metric",
    [{ ...alert, expr: `${misspelt} == 0` }],
    `no metric ${misspelt}, and no rule records it; did you mean "http_requests_total"?`,
  ],
  ["catalogue", "a label that is not there", [{ ...alert, expr: 'up{pod="a"} == 0' }], "up has no label pod"],
  [
    "safe-ratio",
    "a ratio of two rates",
    [{ ...alert, expr: "rate(orders_failed_total[5m]) / ignoring (reason) rate(orders_total[5m]) > 0.1" }],
    "rate(orders_total[5m]) may be 0",
  ],
  [
    "severity",
    "a misspelt one",
    [{ ...alert, labels: { severity: "critcal" } }],
    'No route knows the severity "critcal", allowed: critical, warning, none; did you mean "critical"?',
  ],
  ["severity", "none", [{ ...alert, labels: {} }], "has no severity"],
  ["alert-name", "snake_case", [{ ...alert, alert: "service_down" }], 'in CamelCase: "ServiceDown"'],
  ["annotations", "none", [{ ...alert, annotations: undefined }], "has no summary and no description"],
];

describe("checks of rules", () => {
  it.each(caught)("%s: catches %s", (check, _, rules, message) => {
    expect(findings(...rules)).toContainEqual({ check, message: expect.stringContaining(message) as string });
  });

  it("each have a case that they catch", () => {
    expect(new Set(caught.map(([check]) => check))).toEqual(new Set(allChecks.map(({ name }) => name)));
  });

  it.each([
    ["a comparison inside an aggregation", "count by (job) (up == 0) > 1"],
    ["a filter on the left of and", "up == 0 and on (job) sum by (job) (up)"],
    ["absence", 'absent(up{job="a"})'],
    [
      "group_left",
      "up * on (instance) group_left (version) sum by (instance, version) (prometheus_build_info) > 1",
    ],
    ["ignoring", "sum by (job, le) (up) / ignoring (le) group_left () sum by (job) (up) > 1"],
    ["a metric that no catalogue has", "my_queue_length / on (queue) my_queue_limit > 1"],
    ["a number on one side", "(time() - process_start_time_seconds) / 60 < 5"],
    ["a quantile", "histogram_quantile(0.9, sum by (job, le) (rate(order_value_dollars_bucket[5m]))) > 1"],
    ["an offset", "up < (up offset 1d)"],
    ["a subquery of a gauge", "changes(max by (job) (process_start_time_seconds)[15m:1m]) > 2"],
    ["a unary minus", "-up < -1"],
    ["@", "up @ end() == 0"],
    ["bottomk", "bottomk(3, up) == 0"],
  ])("let pass %s", (_, expr) => {
    expect(findings({ ...alert, expr }).filter(({ check }) => check !== "catalogue")).toEqual([]);
  });

  it("refuse what is no file of rules", () => {
    expect(() => checkRules({ "a.yml": "scrape_configs: []" }, settings)).toThrow(
      "a.yml: is no file of rules",
    );
  });
});
