import type { BinaryExpr, BinaryOp, Expr as Node } from "@grafana/promql-builder";
import { Query } from "../../metrics/promql";
import type { AlertRule } from "../../alerts/rule";

/** A rule that was broken on purpose: its cases must notice. */
export interface Mutant {
  readonly what: string;
  readonly rule: AlertRule;
}

class Mutated extends Query {}

const opposite: Partial<Record<BinaryOp, BinaryOp>> = {
  ">": "<=",
  ">=": "<",
  "<": ">=",
  "<=": ">",
  "==": "!=",
  and: "unless",
  unless: "and",
};

/** Each comparison and set operator turned into its opposite, one at a time, and `for` left out. */
export function mutantsOf(rule: AlertRule): Mutant[] {
  const flipped = operatorsOf(rule.expr.node).flatMap((node): Mutant[] => {
    const op = opposite[node.op];
    if (op === undefined) return [];
    const expr = new Mutated(replaced(rule.expr.node, node, { ...node, op }));
    return [{ what: String(expr), rule: { ...rule, expr } }];
  });
  return rule.for === undefined
    ? flipped
    : [...flipped, { what: "no for", rule: { ...rule, for: undefined } }];
}

/** The limit that the rule's first comparison holds its value against, moved by a factor wherever it stands. */
export function withMovedLimit(rule: AlertRule, factor: number): Mutant | undefined {
  const limits = operatorsOf(rule.expr.node).flatMap((node) =>
    isComparison(node.op) && node.right.type === "numberLiteralExpr" && node.right.value !== 0
      ? [{ node, right: node.right }]
      : [],
  );
  const limit = limits[0]?.right.value;
  if (limit === undefined) return undefined;
  const moved = limits
    .filter(({ right }) => right.value === limit)
    .reduce(
      (tree, { node, right }) => replaced(tree, node.right, { ...right, value: right.value * factor }),
      rule.expr.node,
    );
  const expr = new Mutated(moved);
  return { what: String(expr), rule: { ...rule, expr } };
}

function isComparison(op: BinaryOp): boolean {
  return op === ">" || op === ">=" || op === "<" || op === "<=";
}

/** All binary operators that have an opposite, the outermost first. */
function operatorsOf(node: Node): BinaryExpr[] {
  if (node.type !== "binaryExpr") return operandsOf(node).flatMap(operatorsOf);
  const own = opposite[node.op] === undefined ? [] : [node];
  return [...own, ...operatorsOf(node.left), ...operatorsOf(node.right)];
}

function operandsOf(node: Node): readonly Node[] {
  switch (node.type) {
    case "aggregationExpr":
    case "subqueryExpr":
    case "unaryExpr":
      return [node.expr];
    case "funcCallExpr":
      return node.args;
    case "binaryExpr":
      return [node.left, node.right];
    default:
      return [];
  }
}

function replaced(node: Node, old: Node, put: Node): Node {
  if (node === old) return put;
  const inner = (child: Node) => replaced(child, old, put);
  switch (node.type) {
    case "aggregationExpr":
    case "subqueryExpr":
    case "unaryExpr":
      return { ...node, expr: inner(node.expr) };
    case "funcCallExpr":
      return { ...node, args: node.args.map(inner) };
    case "binaryExpr":
      return { ...node, left: inner(node.left), right: inner(node.right) };
    default:
      return node;
  }
}
