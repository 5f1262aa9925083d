import type { BinaryOp, Expr as Node } from "@grafana/promql-builder";
import fc from "fast-check";
import {
  abs,
  absent,
  add,
  and,
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
  select,
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
} from "../../../metrics/promql";
import { render } from "../../../metrics/promql/render";
import { intendedStructure, parsedStructure, syntaxErrors } from "../../support/promql";

const up = select("up");
const one = (metric: string): Node => ({
  type: "vectorExpr",
  metric,
  labels: [],
  range: "",
  offset: "",
  at: "",
});
const binary = (op: BinaryOp, left: Node, right: Node): Node => ({ type: "binaryExpr", op, left, right });

describe("parentheses", () => {
  const [a, b, c] = [one("a"), one("b"), one("c")];
  it.each([
    ["a + b * c", binary("+", a, binary("*", b, c))],
    ["(a + b) * c", binary("*", binary("+", a, b), c)],
    ["a - b - c", binary("-", binary("-", a, b), c)],
    ["a - (b - c)", binary("-", a, binary("-", b, c))],
    ["a / (b > c)", binary("/", a, binary(">", b, c))],
    ["a / b > c", binary(">", binary("/", a, b), c)],
    ["a ^ b ^ c", binary("^", a, binary("^", b, c))],
    ["(a ^ b) ^ c", binary("^", binary("^", a, b), c)],
    ["a or b and c", binary("or", a, binary("and", b, c))],
    ["(a or b) and c", binary("and", binary("or", a, b), c)],
    ["a unless (b and c)", binary("unless", a, binary("and", b, c))],
    ["(-2) ^ a", binary("^", { type: "numberLiteralExpr", value: -2 }, a)],
    ["a - -2", binary("-", a, { type: "numberLiteralExpr", value: -2 })],
    ["-(a + b)", { type: "unaryExpr", op: "-", expr: binary("+", a, b) }],
    ["(-a) ^ b", binary("^", { type: "unaryExpr", op: "-", expr: a }, b)],
    ["(a + b)[5m:]", { type: "subqueryExpr", expr: binary("+", a, b), range: "5m", offset: "", at: "" }],
  ] satisfies [string, Node][])("%s", (promql, node) => {
    expect(render(node)).toBe(promql);
    expect(syntaxErrors(promql)).toEqual([]);
    expect(parsedStructure(promql)).toBe(intendedStructure(node));
  });

  it("stand where they are needed in any tree of operators", () => {
    // prettier-ignore
    const ops: BinaryOp[] = ["or", "and", "unless", "==", "!=", "<=", "<", ">=", ">", "+", "-", "*", "/", "%", "atan2", "^"];
    const { tree } = fc.letrec<{ tree: Node }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom("a", "b", "c").map(one),
        fc
          .double({ noNaN: true })
          .map((value): Node => ({ type: "numberLiteralExpr", value: Object.is(value, -0) ? 0 : value })),
        fc
          .tuple(fc.constantFrom(...ops), tie("tree"), tie("tree"))
          .map(([op, left, right]) => binary(op, left, right)),
      ),
    }));
    fc.assert(
      fc.property(tree, (node) => {
        const promql = render(node);
        expect(syntaxErrors(promql)).toEqual([]);
        expect(parsedStructure(promql)).toBe(intendedStructure(node));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("numbers", () => {
  it.each([
    [Infinity, "up > Inf"],
    [-Infinity, "up > -Inf"],
    [NaN, "up > NaN"],
    [1e21, "up > 1e+21"],
    [5e-324, "up > 5e-324"],
  ])("%s", (value, promql) => {
    expect(String(gt(up, value))).toBe(promql);
    expect(syntaxErrors(promql)).toEqual([]);
  });
});

/** Expressions with the labels of `up`, made of all that the builder has. */
function expressions(): fc.Arbitrary<Vector<"service" | "environment" | "job" | "instance">> {
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

describe("any expression", () => {
  it("parses, with the structure that was meant", () => {
    fc.assert(
      fc.property(expressions(), (expr) => {
        const promql = String(expr);
        expect(syntaxErrors(promql)).toEqual([]);
        expect(parsedStructure(promql)).toBe(intendedStructure(expr.node));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the check itself", () => {
  it.each(["sum(", "rate(x[5 m])", "a b", "sum by (a) x", "x[$__nonsense]", "x{a=b}"])(
    "finds the error in %s",
    (query) => {
      expect(syntaxErrors(query)).not.toEqual([]);
    },
  );

  it("tells one structure from another", () => {
    expect(parsedStructure("a - (b - c)")).not.toBe(parsedStructure("a - b - c"));
    expect(parsedStructure("(a)")).toBe(parsedStructure("a"));
  });
});
