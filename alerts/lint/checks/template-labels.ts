import type { LabelSet } from "../../../metrics/promql-analysis";
import type { Check } from "../rule";
import { templatesOf } from "../template/of-rule";

/** Templates name labels that the expression keeps; others are empty. */
export const templateLabels: Check = {
  name: "template-labels",
  summary: "Templates show labels that the expression, or the query that they ask, keeps.",
  check: (rule, context) =>
    templatesOf(rule, context).flatMap(({ where, uses }) => {
      const missing = (uses?.labels ?? []).filter(({ label, labels }) => !labels.has(label));
      return [...new Map(missing.map((use) => [`${use.label} ${use.query ?? ""}`, use])).values()].map(
        ({ label, labels, query }) =>
          `"${where}" shows the label ${label}, which ${query === undefined ? "the expression" : `the query ${query}`} ` +
          `does not keep${keptOf(labels)}.`,
      );
    }),
};

function keptOf(labels: LabelSet): string {
  return labels.known === undefined ? "" : `: it keeps ${labels.known.join(", ") || "none"}`;
}
