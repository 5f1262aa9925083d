import fc from "fast-check";
import {
  add,
  and,
  anyOf,
  atEnd,
  div,
  matches,
  maxOverTime,
  noneOf,
  not,
  notMatches,
  quantile,
  rate,
  ratio,
  recorded,
  subquery,
  sum,
  topk,
  variable,
} from "../../../metrics/promql";
import { familyOf } from "../../../metrics/families";
import { catalogue, select } from "../../support/settled-system";
import { problemsOf } from "../../support/definition-problems";
import { intendedStructure, parsedStructure, syntaxErrors } from "../../support/promql";
import { codePoint } from "../../support/code-point";

describe("matchers", () => {
  it("render in the order given, several for a label too", () => {
    const series = select("node_filesystem_avail_bytes", {
      mountpoint: [not(""), notMatches("/run.*")],
      job: "node-exporter",
      fstype: noneOf("tmpfs", "overlay"),
      instance: variable("instance"),
    });
    expect(String(series)).toBe(
      'node_filesystem_avail_bytes{mountpoint!="", mountpoint!~"/run.*", job="node-exporter", fstype!~"tmpfs|overlay", instance=~"$instance"}',
    );
  });

  it("leave out what is undefined", () => {
    expect(String(select("up", { job: undefined }))).toBe("up");
  });

  it("escape quotes, backslashes and line ends", () => {
    const series = select("http_requests_total", { route: 'a"b\\c\nd' });
    expect(String(series)).toBe(String.raw`http_requests_total{route="a\"b\\c\nd"}`);
    expect(parsedStructure(String(series))).toBe(intendedStructure(series.node));
  });

  it("escape what means something in a regular expression", () => {
    const series = select("http_requests_total", { route: anyOf("/a.b", "/c|d", "^(x)$") });
    expect(String(series)).toBe(String.raw`http_requests_total{route=~"/a\\.b|/c\\|d|\\^\\(x\\)\\$"}`);
  });

  it("take any text as a value, and match that and nothing else by anyOf", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: codePoint }), (value, other) => {
        const equal = select("http_requests_total", { route: value });
        const oneOf = select("http_requests_total", { route: anyOf(value) });
        for (const series of [equal, oneOf]) {
          expect(syntaxErrors(String(series))).toEqual([]);
          expect(parsedStructure(String(series))).toBe(intendedStructure(series.node));
        }
        const pattern = new RegExp(`^(?:${oneOf.selector.labels[0]?.value ?? ""})$`, "s");
        expect(pattern.test(value)).toBe(true);
        expect(pattern.test(other)).toBe(other === value);
      }),
    );
  });

  it("have no lone surrogates, which UTF-8 cannot hold", () => {
    expect(String(select("http_requests_total", { route: "a\ud800b" }))).toBe(
      'http_requests_total{route="a\ufffdb"}',
    );
  });

  it("refuse what no allowed value can match, with what is allowed", () => {
    expect(problemsOf(() => select("login_attempts_total", { status: matches("fail") }))).toEqual([
      'select(login_attempts_total): status: found =~"fail", which matches none, allowed: success, failure',
    ]);
    expect(problemsOf(() => select("login_attempts_total", { status: matches("fail.*") }))).toEqual([]);
    expect(
      problemsOf(() => select("http_request_duration_seconds_count", { status_code: matches("5xx") })),
    ).toEqual([expect.stringContaining('=~"5xx", which matches none') as string]);
    // @ts-expect-error the compiler says so too; this is for values that it did not see
    expect(problemsOf(() => select("login_attempts_total", { status: "sucess" }))).toEqual([
      'select(login_attempts_total): status: found "sucess", allowed: success, failure; did you mean "success"?',
    ]);
  });

  it("refuse what is no regular expression or no variable", () => {
    expect(problemsOf(() => matches("5.("))).toEqual(['matches: found "5.(", allowed: a regular expression']);
    expect(problemsOf(() => variable("service}"))).toEqual([
      'variable: found "service}", allowed: the name of a Grafana variable: letters, digits and _',
    ]);
  });
});

describe("what the types cannot see is refused, too", () => {
  const all = rate(select("http_requests_total"), "5m");
  const failed = rate(select("http_requests_total", { status_code: matches("5..") }), "5m");

  it("a ratio of series that would be divided by themselves", () => {
    expect(problemsOf(() => ratio(failed, all))).toEqual([
      '"/": found two sides that pair each series with its like, but choose different ones: {status_code=~"5.."} and {}, ' +
        "allowed: both summed by the labels to keep, or a matching that says which labels match",
    ]);
    expect(problemsOf(() => ratio(sum(failed), sum(all)))).toEqual([]);
    expect(problemsOf(() => div(failed, all, { ignoring: ["status_code"], groupLeft: [] }))).toEqual([]);
  });

  it("lengths of time", () => {
    const durations = 'a positive whole number and a unit, as in "5m"';
    const ranges = `${durations}, or $__rate_interval, $__interval, $__range`;
    expect(problemsOf(() => rate(select("orders_total"), "0m"))).toEqual([
      `rate: range: found "0m", allowed: ${ranges}`,
    ]);
    expect(problemsOf(() => rate(select("orders_total"), "-5m"))).toHaveLength(1);
    expect(problemsOf(() => select("up").offset("-5m"))).toEqual([
      `offset: found "-5m", allowed: ${durations}`,
    ]);
    expect(problemsOf(() => subquery(all, "1h", "0s"))).toHaveLength(1);
  });

  it("quantiles, ranks and groupings", () => {
    const buckets = rate(select("order_value_dollars_bucket"), "1h");
    expect(problemsOf(() => quantile(95, buckets))).toEqual([
      "quantile: q: found 95, allowed: a number from 0 to 1",
    ]);
    expect(problemsOf(() => quantile(NaN, buckets))).toHaveLength(1);
    expect(problemsOf(() => topk(0, all))).toEqual(["topk: k: found 0, allowed: a positive whole number"]);
    expect(problemsOf(() => sum(all, { without: [] }))).toEqual([
      "sum: without: found an empty list, allowed: a label: without none all are kept and nothing is aggregated",
    ]);
    expect(String(sum(all, { by: [] }))).toBe("sum(rate(http_requests_total[5m]))");
  });

  it("names of recording rules", () => {
    const allowed = "level:metric:operation, such as service:http_requests:rate5m";
    expect(problemsOf(() => recorded("service:http requests:rate5m", sum(all)))).toEqual([
      `recorded: found "service:http requests:rate5m", allowed: ${allowed}`,
    ]);
    expect(problemsOf(() => recorded("a:b:c:d", sum(all)))).toHaveLength(1);
  });
});

describe("one mistake", () => {
  it("is one problem, whatever is made of it", () => {
    const misspelt = "http_requests_total".replace("s_total", "_total");
    expect(
      problemsOf(() => {
        // @ts-expect-error no such metric
        const requests = rate(select(misspelt), "5m");
        // @ts-expect-error it has no labels that are known
        return ratio(sum(requests, { by: ["service"] }), sum(requests, { by: ["servce"] }));
      }),
    ).toEqual([
      `select: found "${misspelt}", allowed: a series of the catalogue, or what recorded gives; ` +
        'did you mean "http_requests_total"?',
    ]);
  });

  it("is told with what was meant, and what a histogram is stored as", () => {
    // @ts-expect-error no such label
    expect(problemsOf(() => select("http_requests_total", { statuscode: "200" }))).toEqual([
      'select(http_requests_total): label: found "statuscode", allowed: method, route, status_code, service, ' +
        'environment, job, instance; did you mean "status_code"?',
    ]);
    // @ts-expect-error a histogram is stored as _bucket, _sum and _count
    expect(problemsOf(() => select("order_value_dollars"))).toEqual([
      'select: found "order_value_dollars", allowed: order_value_dollars_bucket, order_value_dollars_sum, ' +
        "order_value_dollars_count: a histogram is stored as these; did you mean " +
        '"order_value_dollars_sum"?',
    ]);
  });
});

describe("the end of the time that is asked for", () => {
  const all = select("up");

  it("holds for each series that is read, and for a subquery as a whole", () => {
    expect(String(and(all, topk(10, atEnd(add(all, all)))))).toBe("up and topk(10, up @ end() + up @ end())");
    expect(String(atEnd(rate(select("orders_total"), "5m")))).toBe("rate(orders_total[5m] @ end())");
    expect(String(atEnd(maxOverTime(subquery(all, "1h", "1m"))))).toBe("max_over_time(up[1h:1m] @ end())");
  });
});

describe("offsets", () => {
  it("leave the selector that they are made of as it was", () => {
    const now = select("orders_total");
    expect(String(add(rate(now, "1h"), rate(now.offset("1d"), "1h")))).toBe(
      "rate(orders_total[1h]) + rate(orders_total[1h] offset 1d)",
    );
  });
});

describe("the metric that a series is of", () => {
  it.each([
    ["http_request_duration_seconds_bucket", "http_request_duration_seconds"],
    ["prometheus_notifications_latency_seconds_sum", "prometheus_notifications_latency_seconds"],
    ["prometheus_notifications_latency_seconds", "prometheus_notifications_latency_seconds"],
    ["orders_total", "orders_total"],
    ["http_request_duration_seconds", undefined],
    ["orders_total_count", undefined],
    ["prometheus_notifications_latency_seconds_bucket", undefined],
    ["service:http_requests:rate5m", undefined],
  ])("%s: %s", (series, metric) => {
    expect(familyOf(catalogue, series)?.name).toBe(metric);
  });
});
