import { labelsOf } from "./labels";
import { ofExpression } from "./rule";

/** Templates name labels that the expression keeps; others are empty. */
export const templateLabels = ofExpression((expr, rule, { recorded }) => {
  const kept = labelsOf(expr, recorded);
  if (kept === undefined) return [];
  const texts = { ...rule.annotations, ...rule.labels };
  return Object.entries(texts).flatMap(([where, text]) => {
    const named = [...text.matchAll(/\$labels\.(\w+)|\.Labels\.(\w+)/g)].map(
      ([, one, other]) => one ?? other ?? "",
    );
    return [...new Set(named)]
      .filter((label) => !kept.has(label))
      .map(
        (label) =>
          `"${where}" shows the label ${label}, which the expression does not keep: it keeps ${[...kept].join(", ") || "none"}.`,
      );
  });
});
