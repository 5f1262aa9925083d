import { labelsOf } from "../labels";
import type { Rule } from "../rule";

/** A label that the query has dropped leaves a gap in the legend. */
export const legend: Rule = {
  name: "legend",
  summary: "Legends name labels that the query keeps.",
  check({ queries }) {
    return queries.flatMap(({ panel, source, legend: text, promql }) => {
      const used = [...text.matchAll(/\{\{\s*([\w.]+)\s*\}\}/g)].map(([, label = ""]) => label);
      const kept = used.length === 0 ? undefined : labelsOf(promql);
      if (kept === undefined) return [];
      return used
        .filter((label) => !kept.has(label))
        .map((label) => ({
          panel,
          message: `${source}: the legend names the label "${label}", which the query has not`,
        }));
    });
  },
};
