import type { Expression } from "../promql-analysis";
import type { Labels } from "./series";

/**
 * The labels of `absent(x)`: of a selector those that it compares for equality, but not those that it names again in
 * another way behind that.
 */
export function absentLabels(expr: Expression): Labels {
  if (expr.kind !== "selector") return {};
  const labels = new Map<string, string>();
  const compared = new Set<string>();
  for (const { label, operator, value } of expr.matchers) {
    if (label === "__name__") continue;
    if (operator === "=" && !compared.has(label)) {
      compared.add(label);
      labels.set(label, value);
    } else {
      labels.delete(label);
    }
  }
  return Object.fromEntries([...labels].filter(([, value]) => value !== ""));
}
