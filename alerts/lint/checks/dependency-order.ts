import { nodesOf } from "../../../metrics/promql-analysis";
import { ofExpression, type Check, type Rule } from "../rule";

/** What a rule reads of its own group comes before it: a group is evaluated from top to bottom. */
export const dependencyOrder: Check = {
  name: "dependency-order",
  summary: "What a rule reads of its own group is recorded before it.",
  check: ofExpression((expr, rule, { index }) => {
    const names = new Set(nodesOf(expr, "selector").map(({ name }) => name));
    return [...names]
      .filter((name) => isRecordedLater(rule, index.recordersOf(name)))
      .map((name) => `The rule reads ${name}, which its group records later: it gets the value from before.`);
  }),
};

/** A series that an earlier rule writes as well may be the one that is read; a rule that reads itself means to. */
function isRecordedLater({ file, group, index }: Rule, recorders: readonly Rule[]): boolean {
  const own = recorders.filter((other) => other.file === file && other.group === group);
  return own.length > 0 && own.every((other) => other.index > index);
}
