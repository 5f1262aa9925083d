import { isComparison, type Expression } from "./expression";
import { ofExpression } from "./rule";

/** An alert's expression filters: without a comparison it fires for every series, whatever its value. */
export const comparison = ofExpression((expr, { kind, labels }) =>
  kind === "record" || labels.severity === "none" || filters(expr)
    ? []
    : ["The alert compares with nothing and fires for every series: add a comparison such as > 0.1."],
);

function filters(expr: Expression): boolean {
  switch (expr.kind) {
    case "binary":
      if (isComparison(expr.op)) return !expr.isBool;
      if (expr.op === "or") return filters(expr.left) && filters(expr.right);
      if (expr.op === "unless") return filters(expr.left);
      return filters(expr.left) || filters(expr.right);
    case "call":
      return expr.name.startsWith("absent") || expr.args.some(filters);
    case "aggregation":
      return expr.args.some(filters);
    case "subquery":
    case "unary":
      return filters(expr.expr);
    default:
      return false;
  }
}
