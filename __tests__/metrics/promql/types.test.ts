import { readFileSync } from "node:fs";
import {
  add,
  anyOf,
  avg,
  avgOverTime,
  changes,
  count,
  div,
  increase,
  not,
  predictLinear,
  quantile,
  rate,
  ratio,
  recorded,
  subquery,
  sum,
  topk,
  type Query,
} from "../../../metrics/promql";
import { reportedProblems } from "../../support/definition-problems";
import { select } from "../../support/system";

/** Lines of this file in which a mistake was reported. */
const refusedLines = new Set<number>();

/** Lines that the compiler looks at, and that are run to see that the mistakes are found without it too. */
function compiled(lines: () => void): void {
  const problems = reportedProblems(lines);
  for (const { place } of problems) refusedLines.add(Number(/types\.test\.ts:(\d+):/.exec(place)?.[1]));
  expect(problems).not.toEqual([]);
}

/** Lines that only the compiler looks at: what they make is looked at where it is used. */
function onlyCompiled(lines: () => void): void {
  expect(lines).toBeInstanceOf(Function);
}

/** The lines that the compiler must refuse, but those of `onlyCompiled`. */
function linesOfMistakes(): number[] {
  const lines = readFileSync(__filename, "utf8").split("\n");
  let isRun = true;
  return lines.flatMap((line, index) => {
    if (/^ +(onlyC|c)ompiled\(/.test(line)) isRun = !line.includes("onlyCompiled");
    return isRun && /^ +\/\/ @ts-expect-error/.test(line) ? [index + 2] : [];
  });
}

const requests = select("http_requests_total");
const requestRate = rate(requests, "5m");
const buckets = rate(select("http_request_duration_seconds_bucket"), "5m");
const memory = select("process_resident_memory_bytes");
const perService = recorded("service:http_requests:rate5m", sum(requestRate, { by: ["service"] }));

describe("the compiler refuses", () => {
  it("an unknown metric, and a histogram without the part that is meant", () => {
    compiled(() => {
      // @ts-expect-error no such metric
      select("http_request_total");
      // @ts-expect-error a histogram is stored as _bucket, _sum and _count
      select("http_request_duration_seconds");
      // @ts-expect-error a counter has no buckets
      select("http_requests_total_bucket");
      select("http_request_duration_seconds_count");
      select("prometheus_notifications_latency_seconds", { quantile: "0.9" });
    });
  });

  it("an unknown label, and a value that is not allowed", () => {
    compiled(() => {
      // @ts-expect-error no such label
      select("http_requests_total", { path: "/" });
      // @ts-expect-error another metric's label
      select("orders_total", { reason: "internal_error" });
      // @ts-expect-error not an allowed value
      select("login_attempts_total", { status: "ok" });
      // @ts-expect-error not an allowed value
      select("login_attempts_total", { status: anyOf("success", "ok") });
      // @ts-expect-error not an allowed value
      select("login_attempts_total", { status: [not("ok"), not("")] });
      // @ts-expect-error no such service
      select("up", { service: "cart-service" });
      // @ts-expect-error only buckets have le
      select("http_request_duration_seconds_sum", { le: "0.5" });
      // @ts-expect-error a recorded series has the labels that its expression kept
      select(perService, { route: "/" });
      select(perService, { service: "order-service" });
    });
  });

  it("the rate of a gauge, and of what is computed", () => {
    compiled(() => {
      // @ts-expect-error a gauge goes up and down
      rate(memory, "5m");
      // @ts-expect-error a gauge, in spite of its name
      increase(select("nodejs_active_handles_total"), "5m");
      // @ts-expect-error sums of counters lose the resets: rate first, then sum
      rate(sum(requestRate), "5m");
      // @ts-expect-error a recorded rate
      rate(select(perService), "5m");
      rate(select("http_request_duration_seconds_count"), "5m");
    });
  });

  it("a counter as it is where a value is meant", () => {
    compiled(() => {
      // @ts-expect-error the sum of counters means nothing
      sum(requests);
      // @ts-expect-error nor does their quotient
      div(requests, requests);
      // @ts-expect-error nor their trend
      predictLinear(requests, "5m", 60);
      // @ts-expect-error nor their changes
      changes(requests, "5m");
      count(requests);
    });
  });

  it("a range function without a range, and a computed vector without a subquery", () => {
    compiled(() => {
      // @ts-expect-error the range is missing
      changes(memory);
      // @ts-expect-error a computed vector has no range of its own
      avgOverTime(requestRate, "5m");
      avgOverTime(subquery(requestRate, "5m"));
    });
  });

  it("aggregation by a label that is not there", () => {
    compiled(() => {
      // @ts-expect-error no such label
      sum(requestRate, { by: ["path"] });
      // @ts-expect-error no such label
      sum(requestRate, { without: ["path"] });
      // @ts-expect-error the inner sum dropped it
      avg(sum(requestRate, { without: ["route"] }), { by: ["route"] });
      // @ts-expect-error no such label
      topk(3, requestRate, { by: ["path"] });
      topk(3, requestRate, { by: ["service"] });
    });
  });

  it("a quantile of what has no buckets, or lost them", () => {
    compiled(() => {
      // @ts-expect-error a rate of a counter
      quantile(0.95, requestRate);
      // @ts-expect-error buckets that still grow
      quantile(0.95, select("http_request_duration_seconds_bucket"));
      // @ts-expect-error le was summed away
      quantile(0.95, sum(buckets, { by: ["service"] }));
      // @ts-expect-error the mean of buckets is no distribution
      avg(buckets, { by: ["le"] });
      // @ts-expect-error le is kept, not asked for
      quantile(0.95, buckets, { by: ["le"] });
      quantile(0.95, sum(buckets, { by: ["le", "service"] }), { by: ["service"] });
    });
  });

  it("operands with other labels, unless the matching says which", () => {
    compiled(() => {
      const byService = sum(requestRate, { by: ["service"] });
      const byRoute = sum(requestRate, { by: ["service", "route"] });
      // @ts-expect-error one has a route, the other has none
      ratio(byRoute, byService);
      // @ts-expect-error one has a route, the other has none
      add(byService, byRoute);
      // @ts-expect-error instance is on neither side
      div(byRoute, byService, { on: ["instance"], groupLeft: [] });
      // @ts-expect-error the service differs too
      div(byRoute, sum(requestRate, { by: ["method"] }), { ignoring: ["route"] });
      // @ts-expect-error the right side has no label nodename
      div(byRoute, byService, { on: ["service"], groupLeft: ["nodename"] });
      div(byRoute, byService, { on: ["service"], groupLeft: [] });
      div(byRoute, byService, { ignoring: ["route"], groupLeft: [] });
    });
  });

  it("a length of time that PromQL does not have", () => {
    compiled(() => {
      // @ts-expect-error the unit is missing
      rate(requests, "5");
      // @ts-expect-error no such unit
      rate(requests, "5 minutes");
      // @ts-expect-error not a whole number
      rate(requests, "1.5m");
      // @ts-expect-error no such variable
      rate(requests, "$__rate");
      // @ts-expect-error an offset is fixed
      requests.offset("$__range");
    });
  });

  it("text in place of an operand", () => {
    compiled(() => {
      // @ts-expect-error text is no vector
      sum("up");
      // @ts-expect-error text is no vector
      rate("up", "5m");
    });
  });

  it("text in place of a query", () => {
    onlyCompiled(() => {
      // @ts-expect-error text is no query
      const query: Query = "sum(up)";
      // @ts-expect-error a range of samples is no query
      const range: Query = subquery(memory, "5m");
      return [query, range];
    });
  });

  it("a recording rule without level, metric and operation", () => {
    compiled(() => {
      // @ts-expect-error it has two parts only
      recorded("http_requests:rate5m", sum(requestRate));
    });
  });
});

it("each of these lines, and no other, is refused without the compiler too", () => {
  const expected = linesOfMistakes();
  expect(expected.length).toBeGreaterThan(40);
  expect([...refusedLines].sort((a, b) => a - b)).toEqual(expected);
});
