import type { Rule } from "../rule";

/** Rules decide which labels these have. */
const ofRules: ReadonlySet<string> = new Set(["ALERTS", "ALERTS_FOR_STATE"]);

/** Without them a series of the same name from elsewhere is mixed in, and no reader can choose an instance. */
export const targetMatchers: Rule = {
  name: "target-matchers",
  summary: "Every selector says which job and which instance; recorded series and alerts are free of it.",
  check({ queries }) {
    return queries.flatMap(({ panel, source, promql }) =>
      // What the reader chooses an instance or a job from cannot be chosen by it.
      (source.startsWith("variable ") ? [] : promql.selectors).flatMap((selector) => {
        const metric = promql.metric(selector);
        if (metric.includes(":") || ofRules.has(metric)) return [];
        const labels = promql.matchers(selector).map(({ label }) => label);
        const missing = ["job", "instance"].filter((label) => !labels.includes(label));
        if (missing.length === 0) return [];
        return [
          {
            panel,
            message: `${source}: ${promql.show(selector)} has no matcher of ${missing.join(" and ")}`,
          },
        ];
      }),
    );
  },
};
