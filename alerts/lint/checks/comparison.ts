import { isAbsence, isComparison, type Expression } from "../../../metrics/promql-analysis";
import { isWatchdog, ofExpression, type Check } from "../rule";

/** An alert's expression filters: without a condition it fires for every series, whatever its value. */
export const comparison: Check = {
  name: "comparison",
  summary:
    "An alert has a condition: a comparison, unless, or absent; one with the severity none needs none.",
  check: ofExpression((expr, rule) =>
    rule.kind === "record" || isWatchdog(rule) || filters(expr)
      ? []
      : ["The alert compares with nothing and fires for every series: add a comparison such as > 0.1."],
  ),
};

function filters(expr: Expression): boolean {
  switch (expr.kind) {
    case "binary":
      if (isComparison(expr.op)) return !expr.isBool;
      if (expr.op === "or") return filters(expr.left) && filters(expr.right);
      return expr.op === "unless" || filters(expr.left) || filters(expr.right);
    case "call":
      return isAbsence(expr.name) || expr.args.some(filters);
    case "aggregation":
      return expr.args.some(filters);
    case "subquery":
    case "unary":
      return filters(expr.expr);
    case "unknown":
      return true;
    default:
      return false;
  }
}
