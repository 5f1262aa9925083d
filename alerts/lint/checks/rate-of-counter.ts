import { familyOf } from "../../../metrics/families";
import {
  allNodesOf,
  counterRates,
  nodesOf,
  type Expression,
  type Selector,
} from "../../../metrics/promql-analysis";
import { ofExpression, type Check, type CheckContext } from "../rule";

/** Rates are of counters, and taken before any sum: a sum hides the resets, and a gauge has none. */
export const rateOfCounter: Check = {
  name: "rate-of-counter",
  summary: "rate, irate and increase are taken of counters, before any sum.",
  check: ofExpression((expr, _, context) =>
    nodesOf(expr, "call").flatMap(({ name, args: [argument] }) =>
      counterRates.has(name) && argument !== undefined ? problemsOf(name, argument, context) : [],
    ),
  ),
};

function problemsOf(call: string, argument: Expression, context: CheckContext): string[] {
  if (argument.kind === "selector") return ofSelector(call, argument, context);
  if (argument.kind !== "subquery" || argument.expr.kind === "selector") return [];
  const what = isSummed(argument.expr)
    ? "an aggregation, in which a counter's reset cannot be seen"
    : "an expression";
  return [`${call}() is taken of ${what}: take it of the counter, and sum afterwards.`];
}

function ofSelector(call: string, { name }: Selector, { index, catalogue }: CheckContext): string[] {
  const recorders = index.recordersOf(name);
  const isRecorded =
    catalogue !== undefined && recorders.length === 0
      ? name.includes(":")
      : recorders.some(({ expr }) => expr !== undefined && isSummed(expr));
  if (isRecorded) return [`${call}() is taken of the recorded series ${name}: record the rate itself.`];
  const family = catalogue && familyOf(catalogue, name);
  const isGauge = family?.name === name && family.type !== "counter";
  return isGauge ? [`${call}() is taken of ${name}, which is a ${family.type}: use delta or deriv.`] : [];
}

function isSummed(expr: Expression): boolean {
  return allNodesOf(expr).some(({ kind }) => kind === "aggregation");
}
