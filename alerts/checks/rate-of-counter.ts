import { catalogue } from "../../metrics/catalogue";
import { familyOf } from "../../metrics/families";
import { nodesOf, type Expression } from "./expression";
import { ofExpression } from "./rule";

const ofCounters = ["rate", "irate", "increase"];

/** Rates are of counters, and taken before any sum: a sum hides the resets, and a gauge has none. */
export const rateOfCounter = ofExpression((expr) =>
  nodesOf(expr).flatMap((node) => {
    if (node.kind !== "call" || !ofCounters.includes(node.name)) return [];
    const [argument] = node.args;
    return argument === undefined ? [] : problemsOf(node.name, argument);
  }),
);

function problemsOf(call: string, argument: Expression): string[] {
  if (argument.kind === "subquery") {
    const isSummed = nodesOf(argument.expr).some(({ kind }) => kind === "aggregation");
    const what = isSummed ? "a sum, in which a counter's reset cannot be seen" : "an expression";
    return [`${call}() is taken of ${what}: take it of the counter, and sum afterwards.`];
  }
  if (argument.kind !== "selector") return [];
  const { name } = argument;
  if (name.includes(":"))
    return [`${call}() is taken of the recorded series ${name}: record the rate itself.`];
  const family = familyOf(name);
  const isGauge = family !== undefined && family === name && catalogue[family].type !== "counter";
  return isGauge
    ? [`${call}() is taken of ${name}, which is a ${catalogue[family].type}: use delta or deriv.`]
    : [];
}
