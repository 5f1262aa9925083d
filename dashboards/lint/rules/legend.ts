import type { Rule } from "../rule";

/** A label that the query has dropped leaves a gap in the legend. */
export const legend: Rule = {
  name: "legend",
  summary: "Legends name labels that the query keeps.",
  check({ queries }, { labels }) {
    return queries.flatMap(({ panel, source, legend: text, promql }) => {
      const used = [...text.matchAll(/\{\{\s*([\w.]+)\s*\}\}/g)].map(([, label = ""]) => label);
      const kept = labels.of(promql.expr);
      return used
        .filter((label) => label !== "__name__" && !kept.has(label))
        .map((label) => ({
          panel,
          message: `${source}: the legend names the label "${label}", which the query has not`,
        }));
    });
  },
};
