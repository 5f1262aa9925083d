import type { Rule } from "../rule";

/** Prometheus refuses the rest. */
export const syntax: Rule = {
  name: "syntax",
  summary: "Every query is PromQL that Prometheus takes.",
  check({ queries }) {
    return queries.flatMap(({ panel, source, promql }) =>
      promql.problems.map(({ message, at }) => ({
        panel,
        message: `${source}: no PromQL at "${at || "its end"}": ${message}`,
      })),
    );
  },
};
