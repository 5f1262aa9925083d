import type { Expr as Node } from "@grafana/promql-builder";
import { vectorOperand } from "./operand";
import { Vector } from "./vector";

/** The values at the end of the time that is asked for, at each of its points: what is ranked by them stays the same. */
export function atEnd<L extends string>(vector: Vector<L>): Vector<L> {
  const { node, shape } = vectorOperand("atEnd", vector);
  return new Vector(fixed(node), shape);
}

function fixed(node: Node): Node {
  switch (node.type) {
    case "numberLiteralExpr":
    case "stringLiteralExpr":
      return node;
    case "vectorExpr":
    case "subqueryExpr":
      return { ...node, at: "end()" };
    case "aggregationExpr":
    case "unaryExpr":
      return { ...node, expr: fixed(node.expr) };
    case "funcCallExpr":
      return { ...node, args: node.args.map(fixed) };
    case "binaryExpr":
      return { ...node, left: fixed(node.left), right: fixed(node.right) };
  }
}
