import { isCounter } from "../catalogue";
import type { Node, PromQl } from "../promql";
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
  check({ queries }) {
    return queries.flatMap(({ panel, source, promql }) =>
      // Variables read labels, not values.
      (source.startsWith("variable ") ? [] : promql.selectors)
        .filter((selector) => isCounter(promql.metric(selector)) && !isWrapped(promql, selector))
        .map((selector) => ({
          panel,
          message: `${source}: the counter ${promql.metric(selector)} is read as it is; take its rate or increase`,
        })),
    );
  },
};

function isWrapped(promql: PromQl, selector: Node): boolean {
  for (let node = selector.parent; node !== null; node = node.parent) {
    if (node.name === "FunctionCall") return functions.has(promql.operation(node));
    if (node.name === "AggregateExpr") return enumerations.has(promql.operation(node));
    if (node.name === "BinaryExpr" || node.name === "SubqueryExpr") return false;
  }
  return false;
}
