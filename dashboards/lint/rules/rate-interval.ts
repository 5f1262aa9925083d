import { partsOf } from "../../../metrics/promql-analysis";
import type { Rule } from "../rule";

/** A fixed range is wrong at another zoom or scrape interval, `$__interval` may hold a single sample. */
export const rateInterval: Rule = {
  name: "rate-interval",
  summary: "Rates are over $__rate_interval; no other function of a range takes $__interval.",
  check({ queries }) {
    return queries.flatMap(({ panel, source, promql }) =>
      partsOf(promql.expr).flatMap(({ node, ancestors: [parent] }) => {
        if (node.kind !== "selector" || node.range === undefined) return [];
        const name = parent?.kind === "call" ? parent.name : "";
        const range = promql.variableAt(node.range);
        const isRate = name === "rate" || name === "irate";
        if (isRate ? range === "__rate_interval" : range !== "__interval") return [];
        const wanted = isRate ? "$__rate_interval" : "a fixed range, $__rate_interval or $__range";
        return [{ panel, message: `${source}: ${name}(${promql.show(node)}) must be over ${wanted}` }];
      }),
    );
  },
};
