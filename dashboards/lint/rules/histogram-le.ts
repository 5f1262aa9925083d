import { nodesOf } from "../../../metrics/promql-analysis";
import type { Rule } from "../rule";

/** Without `le` there are no buckets to find a quantile in, and the panel is empty. */
export const histogramLe: Rule = {
  name: "histogram-le",
  summary: "What histogram_quantile is of keeps the label le.",
  check({ queries }, { labels }) {
    return queries.flatMap(({ panel, source, promql }) =>
      nodesOf(promql.expr, "call")
        .filter(({ name }) => name === "histogram_quantile")
        .flatMap((call) => nodesOf(call, "aggregation"))
        .filter((aggregation) => {
          const operand = aggregation.args.at(-1);
          const ofBuckets = nodesOf(aggregation, "selector").some(({ name }) => name.endsWith("_bucket"));
          return (
            ofBuckets &&
            operand !== undefined &&
            labels.of(operand).has("le") &&
            !labels.of(aggregation).has("le")
          );
        })
        .map(({ op }) => ({
          panel,
          message: `${source}: ${op} drops the label le, which histogram_quantile needs`,
        })),
    );
  },
};
