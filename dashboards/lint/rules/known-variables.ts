import type { Rule } from "../rule";
import { variablesIn } from "../variables";

/** Grafana leaves an unknown variable as it stands, so that nothing matches. */
export const knownVariables: Rule = {
  name: "known-variables",
  summary: "Queries use variables that the dashboard or Grafana has.",
  check({ queries, variables, inputs }) {
    const names = new Set([...variables.map(({ name }) => name), ...inputs]);
    return queries.flatMap(({ panel, source, promql }) =>
      [...new Set(variablesIn(promql.source))]
        // Groups of a replacement are $1, $2.
        .filter((name) => !names.has(name) && !name.startsWith("__") && !/^\d+$/.test(name))
        .map((name) => ({ panel, message: `${source}: there is no variable "${name}"` })),
    );
  },
};
