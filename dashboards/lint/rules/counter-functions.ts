import { partsOf, type Expression } from "../../../metrics/promql-analysis";
import type { Rule } from "../rule";

/** Functions whose result on a counter means something. */
const functions: ReadonlySet<string> = new Set([
  "rate",
  "irate",
  "increase",
  "resets",
  "changes",
  "absent",
  "absent_over_time",
  "present_over_time",
  "count_over_time",
  "timestamp",
]);
/** Aggregations that look at which series there are only. */
const enumerations: ReadonlySet<string> = new Set(["count", "group"]);

/** The value of a counter says since when its process runs, and little else. */
export const counterFunctions: Rule = {
  name: "counter-functions",
  summary: "Counters are read by rate, increase and their like only.",
  check({ queries }, { series }) {
    // Variables read labels, not values.
    return queries
      .filter(({ ofVariable }) => !ofVariable)
      .flatMap(({ panel, source, promql }) => {
        const selectors = new Set<Expression>(promql.selectors);
        return partsOf(promql.expr).flatMap(({ node, ancestors }) => {
          if (node.kind !== "selector" || !selectors.has(node) || !series.isCounter(node.name)) return [];
          if (isWrapped(ancestors)) return [];
          const message = `${source}: the counter ${node.name} is read as it is; take its rate or increase`;
          return [{ panel, message }];
        });
      });
  },
};

/** Whether the first that makes something of a counter is made for counters. A subquery only repeats it. */
function isWrapped(ancestors: readonly Expression[]): boolean {
  const first = ancestors.find(({ kind }) => kind !== "subquery" && kind !== "unary");
  if (first?.kind === "call") return functions.has(first.name);
  return first?.kind === "aggregation" && enumerations.has(first.op);
}
