import { nodesOf } from "../../../metrics/promql-analysis";
import { PromQl } from "../../../dashboards/lint/promql";
import { refused, taken } from "../../support/promql-verdicts";

describe("Grafana's variables", () => {
  it.each([
    "rate(x_total[$__rate_interval])",
    "rate(x_total[${__rate_interval}])",
    "increase(x_total[[[range]]] offset ${ago}h)",
    "max_over_time(x[$__range:$__interval] @ ${__to:date:seconds})",
    "avg_over_time(x[${__range_s}s])",
    "$metric",
    "${metric}_total + node_[[kind]]_total",
    "job:${name}:rate5m",
    '${metric}{job="a"}[5m]',
    'x{$label=~"$value", job=~"${job:regex}"}',
    'x{job="a", $matchers}',
    "topk($count, x) > $threshold",
    "$aggregation by ($label) (x)",
    "$function(x[5m])",
    "a $operator b",
    'label_replace(x, $to, "$1", "from", "(.*)")',
    "sum by ([[label]]) (x) # of $nothing, it's said",
    "sum($metric) / $factor",
  ])("stand for something in %s", (source) => {
    expect(new PromQl(source).problems).toEqual([]);
  });

  it("leave each part where it is", () => {
    const promql = new PromQl(
      'sum(rate(x_total{job=~"${job:regex}"}[$__rate_interval] offset $ago)) / ($a + y)',
    );
    expect(nodesOf(promql.expr, "selector").map((each) => promql.show(each))).toEqual([
      'x_total{job=~"${job:regex}"}[$__rate_interval] offset $ago',
      "$a",
      "y",
    ]);
    expect(nodesOf(promql.expr, "binary").map((each) => promql.show(each))).toContain("($a + y)");
  });

  it("name selectors that nothing is known of", () => {
    const promql = new PromQl('$a + ${b}_total + {__name__="$c"} + d{e="$f"}');
    expect(promql.selectors.map(({ name }) => name)).toEqual(["d"]);
  });

  it("do not hide what is wrong beside them, nor its place", () => {
    expect(new PromQl("sum(rate($metric[$__rate_interval])) by $label) > 1").problems).toEqual([
      { message: expect.any(String) as string, at: "$label) > 1" },
    ]);
  });
});

describe("without variables", () => {
  it.each(taken)("takes what Prometheus takes: %s", (expr) => {
    expect(new PromQl(expr).problems).toEqual([]);
  });

  // Grafana replaces its variables before Prometheus sees them.
  it.each(refused.filter((expr) => !expr.includes("$__")))("refuses what Prometheus refuses: %s", (expr) => {
    expect(new PromQl(expr).problems).not.toEqual([]);
  });
});
