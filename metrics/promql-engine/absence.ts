import type { Expression, Matcher } from "../promql-analysis";
import { matchesEmpty } from "../promql-analysis/regex";
import type { Labels } from "./series";

/**
 * The labels of `absent(x)`: of a selector those that it compares for equality, but not those that it names again in
 * another way behind that. "Behind" is in the order in which Prometheus's storage leaves the matchers when it has used them
 * (tsdb/querier.go, PostingsForMatchers): last those that only take series away.
 */
export function absentLabels(expr: Expression): Labels {
  if (expr.kind !== "selector") return {};
  const labels = new Map<string, string>();
  const compared = new Set<string>();
  for (const { label, operator, value } of inOrderOfStorage(expr.matchers)) {
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

function inOrderOfStorage(matchers: readonly Matcher[]): readonly Matcher[] {
  const mustBeSet = new Set(matchers.filter((matcher) => !matchesEmpty(matcher)).map(({ label }) => label));
  const takesAway = (matcher: Matcher) => {
    const isNegative = matcher.operator === "!=" || matcher.operator === "!~";
    return !mustBeSet.has(matcher.label) || (isNegative && matchesEmpty(matcher));
  };
  return [...matchers.filter((matcher) => !takesAway(matcher)), ...matchers.filter(takesAway)];
}
