import { allNodesOf, type Expression, nodesOf } from "../promql-analysis";
import { dependsOnTime } from "./functions";

/** Whether `@ start()` and `@ end()` are the same at all times, as in one query over a range. */
interface Bounds {
  readonly areFixed: boolean;
}

/**
 * Whether an expression has the same value at all times, because `@` fixes whatever it reads. As in Prometheus, over a
 * range this does not ask for the parameter of an aggregation, which then is that of the first time.
 */
export function isInvariant(expr: Expression, bounds: Bounds): boolean {
  switch (expr.kind) {
    case "number":
    case "string":
      return true;
    case "selector":
    case "subquery":
      return typeof expr.at === "number" || (expr.at !== undefined && bounds.areFixed);
    case "aggregation": {
      const read = bounds.areFixed ? expr.args.slice(-1) : expr.args;
      return read.every((arg) => isInvariant(arg, bounds));
    }
    case "binary":
      return isInvariant(expr.left, bounds) && isInvariant(expr.right, bounds);
    case "unary":
      return isInvariant(expr.expr, bounds);
    case "call": {
      const isSafe =
        !dependsOnTime.has(expr.name) || (expr.name === "timestamp" && expr.args[0]?.kind === "selector");
      return isSafe && expr.args.every((arg) => isInvariant(arg, bounds));
    }
    case "unknown":
      return false;
  }
}

/** Whether a subquery reads at the start or end of the query, which then cannot be that of each time by itself. */
export function readsAtBoundsWithin(expr: Expression): boolean {
  return nodesOf(expr, "subquery").some(({ expr: inner }) =>
    allNodesOf(inner).some(
      (node) => (node.kind === "selector" || node.kind === "subquery") && typeof node.at === "string",
    ),
  );
}
