import fc from "fast-check";
import {
  add,
  anyOf,
  div,
  matches,
  noneOf,
  not,
  notMatches,
  quantile,
  rate,
  ratio,
  recorded,
  select,
  subquery,
  sum,
  topk,
  variable,
} from "../../../metrics/promql";
import { familyOf } from "../../../metrics/families";
import { intendedStructure, parsedStructure, syntaxErrors } from "../../support/promql";

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
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), (value, other) => {
        const equal = select("http_requests_total", { route: value });
        const oneOf = select("http_requests_total", { route: anyOf(value) });
        for (const series of [equal, oneOf]) {
          expect(syntaxErrors(String(series))).toEqual([]);
          expect(parsedStructure(String(series))).toBe(intendedStructure(series.node));
        }
        const pattern = new RegExp(`^(?:${oneOf.node.labels[0]?.value ?? ""})$`, "s");
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
    const said =
      'login_attempts_total: status=~"fail" matches none of the values of the label status: success, failure.';
    expect(() => select("login_attempts_total", { status: matches("fail") })).toThrow(said);
    expect(() => select("login_attempts_total", { status: matches("fail.*") })).not.toThrow();
    expect(() => select("http_request_duration_seconds_count", { status_code: matches("5xx") })).toThrow(
      "5xx",
    );
    // @ts-expect-error the compiler says so too; this is for values that it did not see
    expect(() => select("login_attempts_total", { status: "ok" })).toThrow('"ok" is none of the values');
  });

  it("refuse what is no regular expression or no variable", () => {
    expect(() => matches("5.(")).toThrow(SyntaxError);
    expect(() => variable("service}")).toThrow("no name of a Grafana variable");
  });
});

describe("what the types cannot see is refused when it is built", () => {
  const all = rate(select("http_requests_total"), "5m");
  const failed = rate(select("http_requests_total", { status_code: matches("5..") }), "5m");

  it("a ratio of series that would be divided by themselves", () => {
    expect(() => ratio(failed, all)).toThrow(
      '"/" would pair each series with its like, but the two sides choose different ones: {status_code=~"5.."} and {}.',
    );
    expect(() => ratio(sum(failed), sum(all))).not.toThrow();
    expect(() => div(failed, all, { ignoring: ["status_code"], groupLeft: [] })).not.toThrow();
  });

  it("lengths of time", () => {
    expect(() => rate(select("orders_total"), "0m")).toThrow('"0m" is no length of time');
    expect(() => rate(select("orders_total"), "-5m")).toThrow("no length of time");
    expect(() => select("up").offset("-5m")).toThrow("no length of time");
    expect(() => subquery(all, "1h", "0s")).toThrow("no length of time");
  });

  it("quantiles, ranks and groupings", () => {
    const buckets = rate(select("order_value_dollars_bucket"), "1h");
    expect(() => quantile(95, buckets)).toThrow("A quantile is from 0 to 1, not 95.");
    expect(() => quantile(NaN, buckets)).toThrow("not NaN");
    expect(() => topk(0, all)).toThrow("topk takes a positive whole number, not 0.");
    expect(() => sum(all, { without: [] })).toThrow("name a label");
    expect(String(sum(all, { by: [] }))).toBe("sum(rate(http_requests_total[5m]))");
  });

  it("names of recording rules", () => {
    expect(() => recorded("service:http requests:rate5m", sum(all))).toThrow("write level:metric:operation");
    expect(() => recorded("a:b:c:d", sum(all))).toThrow("write level:metric:operation");
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
    expect(familyOf(series)).toBe(metric);
  });
});
