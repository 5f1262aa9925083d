import { isComparison, isScalar, type Expression } from "../../../metrics/promql-analysis";

/**
 * The expression of an alert without its thresholds: where it gives something, the alert can fire. What it holds back with
 * `unless` and what it wants to be absent stay as they are.
 */
export function armed(expr: Expression): Expression {
  switch (expr.kind) {
    case "binary":
      if (isComparison(expr.op) && !expr.isBool) {
        if (isScalar(expr.right)) return armed(expr.left);
        if (isScalar(expr.left)) return armed(expr.right);
      }
      return ["and", "or"].includes(expr.op)
        ? { ...expr, left: armed(expr.left), right: armed(expr.right) }
        : { ...expr, left: expr.op === "unless" ? armed(expr.left) : expr.left };
    case "aggregation":
      return { ...expr, args: expr.args.map(armed) };
    default:
      return expr;
  }
}
