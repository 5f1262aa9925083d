import type { Rule } from "../rule";

/** Rules decide which labels these have. */
const ofRules: ReadonlySet<string> = new Set(["ALERTS", "ALERTS_FOR_STATE"]);

/** Without them a series of the same name from elsewhere is mixed in, and no reader can choose an instance. */
export const targetMatchers: Rule = {
  name: "target-matchers",
  summary: "Every selector says which job and which instance; recorded series and alerts are free of it.",
  check({ queries }) {
    // What the reader chooses an instance or a job from cannot be chosen by it.
    const ofValues = queries.filter(({ ofVariable }) => !ofVariable);
    return ofValues.flatMap(({ panel, source, promql }) =>
      promql.selectors.flatMap((selector) => {
        if (selector.name.includes(":") || ofRules.has(selector.name)) return [];
        const labels = selector.matchers.map(({ label }) => label);
        const missing = ["job", "instance"].filter((label) => !labels.includes(label));
        if (missing.length === 0) return [];
        const message = `${source}: ${promql.show(selector)} has no matcher of ${missing.join(" and ")}`;
        return [{ panel, message }];
      }),
    );
  },
};
