import type { BinaryOp, Expr as Node } from "@grafana/promql-builder";
import fc from "fast-check";
import { gt, select } from "../../../metrics/promql";
import { render } from "../../../metrics/promql/render";
import { intendedStructure, parsedStructure, syntaxErrors } from "../../support/promql";
import { expressions } from "../../support/promql-expressions";

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
