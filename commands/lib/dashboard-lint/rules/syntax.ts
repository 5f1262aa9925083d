import type { Rule } from "../rule";

/** Prometheus refuses the rest. */
export const syntax: Rule = {
  name: "syntax",
  summary: "Every query is PromQL.",
  check({ queries }) {
    return queries.flatMap(({ panel, source, promql }) => {
      const at = promql.syntaxError;
      return at === undefined ? [] : [{ panel, message: `${source}: no PromQL at "${at}"` }];
    });
  },
};
