import fc from "fast-check";
import {
  abs,
  absent,
  add,
  and,
  atEnd,
  avg,
  avgOverTime,
  bottomk,
  changes,
  clampMax,
  clampMin,
  count,
  div,
  eq,
  gt,
  gte,
  increase,
  lt,
  lte,
  max,
  maxOverTime,
  min,
  mul,
  neq,
  or,
  predictLinear,
  quantile,
  rate,
  ratio,
  scalar,
  sub,
  subquery,
  sum,
  time,
  timestamp,
  topk,
  unless,
  vector,
  type Duration,
  type Vector,
} from "../../metrics/promql";
import { select } from "./system";

const up = select("up");

/** Expressions with the labels of `up`, made of all that the builder has. */
export function expressions(): fc.Arbitrary<Vector<"service" | "environment" | "job" | "instance">> {
  type Target = "service" | "environment" | "job" | "instance";
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const duration = fc
    .tuple(fc.integer({ min: 1, max: 59 }), fc.constantFrom("s", "m", "h", "d"))
    .map(([length, unit]) => `${String(length)}${unit}` as Duration);
  const range = fc.oneof(duration, fc.constantFrom("$__rate_interval" as const, "$__range" as const));
  const target = { by: ["service", "environment", "job", "instance"] } as const;
  const { expr } = fc.letrec<{ expr: Vector<Target> }>((tie) => {
    const inner = tie("expr");
    const pair = fc.tuple(inner, inner);
    return {
      expr: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Vector<Target>>(up, select("scrape_duration_seconds", { job: ['a"\\b\n'] })),
        range.map((r) => increase(select("orders_total").offset("1w"), r)),
        range.map((r) => sum(rate(select("http_requests_total", { status_code: "500" }), r), target)),
        range.map((r) => quantile(0.9, rate(select("http_request_duration_seconds_bucket"), r), target)),
        fc.tuple(range, number).map(([r, n]) => predictLinear(up, r, n)),
        inner.map((e) => sum(e, target)),
        inner.map((e) => max(min(e, { by: ["job", "instance", "service", "environment"] }), target)),
        inner.map((e) => mul(e, avg(e, { without: ["job"] }), { on: ["instance"], groupLeft: ["service"] })),
        inner.map((e) => div(e, count(e, { without: ["job"] }), { ignoring: ["job"], groupLeft: [] })),
        inner.map((e) => add(e, scalar(sum(e)))),
        inner.map((e) => sub(time(), timestamp(e))),
        inner.map((e) => topk(3, bottomk(5, e, { by: ["job"] }))),
        fc.tuple(inner, duration, duration).map(([e, r, step]) => changes(subquery(e, r, step))),
        fc.tuple(inner, range).map(([e, r]) => maxOverTime(subquery(e, r))),
        // Of a selector the grammar of the editor would read more than it, but Prometheus does not.
        fc.tuple(inner, range).map(([e, r]) => atEnd(maxOverTime(subquery(e, r)))),
        range.map((r) => avgOverTime(up, r)),
        fc.tuple(inner, number).map(([e, n]) => clampMin(clampMax(abs(e), n), n)),
        fc.tuple(inner, number, fc.constantFrom(add, sub, mul, div)).map(([e, n, op]) => op(n, e)),
        fc.tuple(inner, number, fc.constantFrom(eq, neq, gt, gte, lt, lte)).map(([e, n, op]) => op(e, n)),
        fc.tuple(pair, fc.constantFrom(and, unless, or)).map(([[left, right], op]) => op(left, right)),
        pair.map(([left, right]) => ratio(sum(left, target), sum(right, target))),
        pair.map(([left, right]) => and(left, absent(right), { on: [] })),
        pair.map(([left, right]) => unless(left, or(sum(right), vector(0)), { on: [] })),
      ),
    };
  });
  return expr;
}
