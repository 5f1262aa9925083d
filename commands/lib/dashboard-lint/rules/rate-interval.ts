import type { Rule } from "../rule";

/** A fixed range is wrong at another zoom or scrape interval, `$__interval` may hold a single sample. */
export const rateInterval: Rule = {
  name: "rate-interval",
  summary: "Rates are over $__rate_interval; no other function of a range takes $__interval.",
  check({ queries }) {
    return queries.flatMap(({ panel, source, promql }) =>
      promql.all("MatrixSelector").flatMap((matrix) => {
        const call = matrix.parent?.parent;
        const name = call?.name === "FunctionCall" ? promql.operation(call) : "";
        const range = promql.range(matrix);
        const isRate = name === "rate" || name === "irate";
        if (isRate ? range === "$__rate_interval" : range !== "$__interval") return [];
        const wanted = isRate ? "$__rate_interval" : "a fixed range, $__rate_interval or $__range";
        return [{ panel, message: `${source}: ${name}(${promql.show(matrix)}) must be over ${wanted}` }];
      }),
    );
  },
};
