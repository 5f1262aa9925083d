import type { Rule } from "../rule";

/** Without `le` there are no buckets to find a quantile in, and the panel is empty. */
export const histogramLe: Rule = {
  name: "histogram-le",
  summary: "What histogram_quantile is of keeps the label le.",
  check({ queries }) {
    return queries.flatMap(({ panel, source, promql }) =>
      promql
        .all("FunctionCall")
        .filter((call) => promql.operation(call) === "histogram_quantile")
        .flatMap((call) => promql.all("AggregateExpr", call))
        .filter((aggregate) =>
          promql.all("VectorSelector", aggregate).some((each) => /_bucket$/.test(promql.metric(each))),
        )
        .filter((aggregate) => {
          const { kind, labels } = promql.grouping(aggregate);
          return (kind === "by") !== labels.includes("le");
        })
        .map((aggregate) => ({
          panel,
          message: `${source}: ${promql.operation(aggregate)} drops the label le, which histogram_quantile needs`,
        })),
    );
  },
};
