import {
  nodesOf,
  type Aggregation,
  type Binary,
  type LabelAnalysis,
  type Selector,
} from "../../../metrics/promql-analysis";
import type { PromQl } from "../promql";
import type { Rule } from "../rule";
import type { SeriesIndex } from "../series";

/** A metric that nobody exports is an empty panel. */
export const catalogue: Rule = {
  name: "catalogue",
  summary: "Queries read metrics and labels of the catalogue, or what recording rules make of them.",
  check({ queries }, { labels, series }) {
    return queries.flatMap(({ panel, source, promql }) =>
      [
        ...promql.selectors.flatMap((selector) => ofSelector(selector, series)),
        ...ofGroupings(promql, labels),
      ].map((message) => ({
        panel,
        message: `${source}: ${message}`,
      })),
    );
  },
};

function ofSelector({ name, matchers }: Selector, series: SeriesIndex): string[] {
  const labels = series.labelsOf(name);
  if (labels === undefined) return [`the catalogue has no metric "${name}"`];
  return matchers
    .filter(({ label }) => label !== "__name__" && !labels.has(label))
    .map(({ label }) => `${name} has no label "${label}"`);
}

/** Of labels to keep or to match by, those that no operand has. */
function ofGroupings(promql: PromQl, labels: LabelAnalysis): string[] {
  const aggregations = nodesOf(promql.expr, "aggregation");
  const operations = nodesOf(promql.expr, "binary");
  return [...aggregations, ...operations].flatMap((node) => {
    const operands = node.kind === "aggregation" ? node.args.slice(-1) : [node.left, node.right];
    return labelsNamedBy(node)
      .filter((label) => !operands.some((operand) => labels.of(operand).has(label)))
      .map((label) => `there is no label "${label}" in ${promql.show(node)}`);
  });
}

function labelsNamedBy(node: Aggregation | Binary): readonly string[] {
  return node.kind === "aggregation"
    ? (node.by ?? node.without ?? [])
    : [node.on, node.ignoring, node.groupLeft, node.groupRight].flatMap((labels) => labels ?? []);
}
