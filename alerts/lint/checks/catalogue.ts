import { type Catalogue, entriesOf, underOwnNames } from "../../../metrics/catalogue";
import { nearest } from "../../../metrics/describe";
import { cataloguedLabels, nodesOf, type Expression, type Selector } from "../../../metrics/promql-analysis";
import { ofExpression, type Check, type CheckContext } from "../rule";

/** Written by Prometheus for each alert. */
const ofAlerts: ReadonlySet<string> = new Set(["ALERTS", "ALERTS_FOR_STATE"]);

/** A metric that nobody exports makes an alert that never fires. */
export const catalogue: Check = {
  name: "catalogue",
  summary:
    "Metrics and labels are in this project's catalogue, or recorded by a rule; checked with --catalogue.",
  check: ofExpression((expr, _, context) =>
    context.catalogue === undefined
      ? []
      : [...ofSelectors(expr, context.catalogue, context), ...ofGroupings(expr, context)],
  ),
};

function ofSelectors(expr: Expression, catalogue: Catalogue, context: CheckContext): string[] {
  return nodesOf(expr, "selector").flatMap((selector) => ofSelector(selector, catalogue, context));
}

function ofSelector(selector: Selector, catalogue: Catalogue, { index, labels }: CheckContext): string[] {
  const { name, matchers } = selector;
  if (name === "" || ofAlerts.has(name)) return [];
  if (cataloguedLabels(catalogue, name) === undefined && index.recordersOf(name).length === 0) {
    const own = underOwnNames(entriesOf(catalogue)).map((metric) => metric.name);
    const meant = nearest(name, [...own, ...index.recorded]);
    return [
      `The catalogue has no metric ${name}, and no rule records it${meant === undefined ? "." : `; did you mean "${meant}"?`}`,
    ];
  }
  const has = labels.of(selector);
  return matchers
    .filter(({ label }) => !has.has(label))
    .map(({ label }) => `${name} has no label ${label}: it has ${has.known?.join(", ") ?? "others"}.`);
}

/** Of labels to keep those that no operand has. */
function ofGroupings(expr: Expression, { labels }: CheckContext): string[] {
  return nodesOf(expr, "aggregation").flatMap(({ op, by = [], without = [], args }) => {
    const operand = args.at(-1);
    if (operand === undefined) return [];
    const has = labels.of(operand);
    return [...by, ...without]
      .filter((label) => !has.has(label))
      .map(
        (label) =>
          `${op} groups by ${label}, which there is not: there are ${has.known?.join(", ") ?? "others"}.`,
      );
  });
}
