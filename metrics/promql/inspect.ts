import type { Expr as Node, VectorExpr } from "@grafana/promql-builder";
import { report, words } from "../problems";

const selectors = new WeakMap<Node, readonly VectorExpr[]>();

/** The selectors in an expression, from left to right. */
export function selectorsOf(node: Node): readonly VectorExpr[] {
  if (node.type === "vectorExpr") return [node];
  const known = selectors.get(node);
  if (known !== undefined) return known;
  const found = operandsOf(node).flatMap(selectorsOf);
  selectors.set(node, found);
  return found;
}

/**
 * Reports two vectors that match series by series although their selectors choose different series of a label: the
 * share of errors by series divides each series by itself.
 */
export function reportOddMatching(op: string, left: Node, right: Node): void {
  if (aggregates(left) || aggregates(right)) return;
  const [ofLeft, ofRight] = [matchersOf(left), matchersOf(right)];
  if (ofLeft === undefined || ofRight === undefined || ofLeft === ofRight) return;
  report({
    what: `"${op}"`,
    found: words(
      `two sides that pair each series with its like, but choose different ones: {${ofLeft}} and {${ofRight}}`,
    ),
    allowed: "both summed by the labels to keep, or a matching that says which labels match",
  });
}

function aggregates(node: Node): boolean {
  return node.type === "aggregationExpr" || operandsOf(node).some(aggregates);
}

function firstSelectorOf(node: Node): VectorExpr | undefined {
  if (node.type === "vectorExpr") return node;
  for (const operand of operandsOf(node)) {
    const found = firstSelectorOf(operand);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The matchers of the first selector in words; undefined where there is none. */
function matchersOf(node: Node): string | undefined {
  return firstSelectorOf(node)
    ?.labels.map(({ name, operator, value }) => `${name}${operator}"${value}"`)
    .sort()
    .join(", ");
}

/** What an expression is made of, one step down; of a selector nothing. */
export function operandsOf(node: Node): readonly Node[] {
  switch (node.type) {
    case "numberLiteralExpr":
    case "stringLiteralExpr":
    case "vectorExpr":
      return [];
    case "aggregationExpr":
      return node.param === undefined ? [node.expr] : [node.param, node.expr];
    case "subqueryExpr":
    case "unaryExpr":
      return [node.expr];
    case "funcCallExpr":
      return node.args;
    case "binaryExpr":
      return [node.left, node.right];
  }
}
