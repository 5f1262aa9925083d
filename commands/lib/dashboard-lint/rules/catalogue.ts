import { labelsOf, labelsOfSeries } from "../labels";
import type { Node, PromQl } from "../promql";
import type { Rule } from "../rule";

/** A metric that nobody exports is an empty panel. */
export const catalogue: Rule = {
  name: "catalogue",
  summary: "Queries read metrics and labels of the catalogue, or what recording rules make of them.",
  check({ queries }) {
    return queries.flatMap(({ panel, source, promql }) =>
      [...promql.selectors.flatMap((each) => ofSelector(promql, each)), ...ofGroupings(promql)].map(
        (message) => ({ panel, message: `${source}: ${message}` }),
      ),
    );
  },
};

function ofSelector(promql: PromQl, selector: Node): string[] {
  const metric = promql.metric(selector);
  const labels = labelsOfSeries(metric);
  if (labels === undefined) return [`the catalogue has no metric "${metric}"`];
  return promql
    .matchers(selector)
    .filter(({ label }) => label !== "__name__" && !labels.has(label))
    .map(({ label }) => `${metric} has no label "${label}"`);
}

/** Of labels to keep or to match by, those that no operand has. */
function ofGroupings(promql: PromQl): string[] {
  return [...promql.all("AggregateExpr"), ...promql.all("BinaryExpr")].flatMap((node) => {
    const operands =
      node.name === "AggregateExpr" ? promql.arguments(node) : [node.firstChild, node.lastChild];
    const sets = operands.map((operand) => (operand === null ? undefined : labelsOf(promql, operand)));
    if (sets.some((set) => set === undefined)) return [];
    const has = new Set(sets.flatMap((set) => [...(set ?? [])]));
    const lists =
      node.name === "AggregateExpr"
        ? [promql.grouping(node).labels]
        : node.getChildren("MatchingModifierClause").flatMap((clause) => promql.groupingLabels(clause));
    return lists
      .flat()
      .filter((label) => !has.has(label))
      .map((label) => `there is no label "${label}" in ${promql.show(node)}`);
  });
}
