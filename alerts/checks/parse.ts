import { createRequire } from "node:module";
import type { SyntaxNode } from "@lezer/common";
import type { LRParser } from "@lezer/lr";
import { secondsOf } from "../durations";
import type { Expression, Matcher } from "./expression";

// The package has a CommonJS build, but declares types for ES modules only.
const { parser } = createRequire(__filename)("@prometheus-io/lezer-promql") as { readonly parser: LRParser };

/** A parsed expression, or where the grammar finds errors in it. */
export type Parsed = { readonly expr: Expression } | { readonly errors: readonly string[] };

/** Parses PromQL by Prometheus's own grammar. */
export function parse(text: string): Parsed {
  const tree = parser.parse(text);
  const errors: string[] = [];
  tree.iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) errors.push(`character ${String(from + 1)}: "${text.slice(from, to + 20).trim()}"`);
    },
  });
  const top = tree.topNode.firstChild;
  if (errors.length > 0 || top === null) return { errors: top === null ? ["nothing to evaluate"] : errors };
  return { expr: convert(top, text) };
}

function convert(node: SyntaxNode, text: string): Expression {
  const children = childrenOf(node);
  const inner = (name: string) => children.find((child) => child.name === name);
  const first = (): Expression => {
    const [child] = children;
    if (child === undefined) throw new Error(`Nothing in ${node.name} of "${text}".`);
    return convert(child, text);
  };
  switch (node.name) {
    case "NumberDurationLiteral":
    case "NumberLiteral":
      return { kind: "number" };
    case "StringLiteral":
      return { kind: "string" };
    case "ParenExpr":
    case "StepInvariantExpr":
      return first();
    case "UnaryExpr": {
      const operand = children.at(-1);
      return { kind: "unary", expr: operand === undefined ? first() : convert(operand, text) };
    }
    case "VectorSelector":
      return selector(children, text);
    case "MatrixSelector":
      return { ...asSelector(first(), text), range: duration(children.at(-1), text) };
    case "SubqueryExpr":
      return { kind: "subquery", expr: first(), range: duration(children[1], text) };
    case "OffsetExpr":
      return withOffset(first(), duration(children.at(-1), text));
    case "FunctionCall":
      return {
        kind: "call",
        name: textOf(inner("FunctionIdentifier"), text),
        args: argumentsOf(inner("FunctionCallBody"), text),
      };
    case "AggregateExpr": {
      const modifier = childrenOf(inner("AggregateModifier"));
      const labels = labelsIn(modifier[1], text);
      return {
        kind: "aggregation",
        op: textOf(inner("AggregateOp"), text),
        ...(modifier[0]?.name === "By" && { by: labels }),
        ...(modifier[0]?.name === "Without" && { without: labels }),
        args: argumentsOf(inner("FunctionCallBody"), text),
      };
    }
    case "BinaryExpr":
      return binary(children, text);
    default:
      throw new Error(`No rule for ${node.name} in "${text}".`);
  }
}

/** This grammar takes `a < b offset 1d` for the offset of both; Prometheus for that of the last selector. */
function withOffset(expr: Expression, offset: number): Expression {
  switch (expr.kind) {
    case "selector":
    case "subquery":
      return { ...expr, offset };
    case "binary":
      return { ...expr, right: withOffset(expr.right, offset) };
    case "unary":
      return { ...expr, expr: withOffset(expr.expr, offset) };
    default:
      return expr;
  }
}

function binary(children: readonly SyntaxNode[], text: string): Expression {
  const [left, operator] = children;
  const right = children.at(-1);
  if (left === undefined || right === undefined) throw new Error(`An operand is missing in "${text}".`);
  const matching = childrenOf(children.find(({ name }) => name === "MatchingModifierClause"));
  const after = (name: string) => {
    const index = matching.findIndex((child) => child.name === name);
    if (index === -1) return undefined;
    const next = matching[index + 1];
    return next?.name === "GroupingLabels" ? labelsIn(next, text) : [];
  };
  return {
    kind: "binary",
    op: textOf(operator, text),
    isBool: children.some(({ name }) => name.startsWith("Bool")),
    left: convert(left, text),
    right: convert(right, text),
    on: after("On"),
    ignoring: after("Ignoring"),
    groupLeft: after("GroupLeft"),
    groupRight: after("GroupRight"),
  };
}

function selector(children: readonly SyntaxNode[], text: string): Expression {
  const matchers = childrenOf(children.find(({ name }) => name === "LabelMatchers")).map((node): Matcher => {
    const [label, op, value] = childrenOf(node).map((part) => textOf(part, text));
    return { label: label ?? "", op: op ?? "", value: (value ?? "").slice(1, -1) };
  });
  const named = children.find(({ name }) => name === "Identifier");
  const byMatcher = matchers.find(({ label, op }) => label === "__name__" && op === "=");
  return {
    kind: "selector",
    name: named === undefined ? (byMatcher?.value ?? "") : textOf(named, text),
    matchers,
  };
}

function asSelector(expr: Expression, text: string) {
  if (expr.kind !== "selector") throw new Error(`A range of something else than a selector in "${text}".`);
  return expr;
}

function argumentsOf(body: SyntaxNode | undefined, text: string): Expression[] {
  return childrenOf(body).map((child) => convert(child, text));
}

function labelsIn(node: SyntaxNode | undefined, text: string): string[] {
  return childrenOf(node).map((label) => textOf(label, text));
}

function duration(node: SyntaxNode | undefined, text: string): number {
  return Math.abs(secondsOf(textOf(node, text).replace(/^-/, "")));
}

function textOf(node: SyntaxNode | undefined, text: string): string {
  return node === undefined ? "" : text.slice(node.from, node.to);
}

function childrenOf(node: SyntaxNode | undefined): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node?.firstChild ?? null; child !== null; child = child.nextSibling) children.push(child);
  return children;
}
