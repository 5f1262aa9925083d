import { mayDivideByZero, partsOf } from "../../../metrics/promql-analysis";
import type { Rule } from "../rule";

/** A division by 0 is drawn as infinity or leaves NaN, on an idle system above all. */
export const safeRatio: Rule = {
  name: "safe-ratio",
  summary: "What is divided by cannot be 0: a number, a count, or something filtered by > 0.",
  check({ queries }) {
    return queries.flatMap(({ panel, source, promql }) =>
      partsOf(promql.expr).flatMap(({ node, ancestors }) => {
        if (node.kind !== "binary" || !mayDivideByZero(node, ancestors)) return [];
        return [{ panel, message: `${source}: ${promql.show(node.right)} may be 0; divide by (… > 0)` }];
      }),
    );
  },
};
