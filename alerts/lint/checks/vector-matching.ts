import { matchesSeries, nodesOf, type Binary, type LabelAnalysis } from "../../../metrics/promql-analysis";
import { ofExpression, type Check } from "../rule";

/** Both sides of an operator have the labels by which their series are matched; else no series ever match. */
export const vectorMatching: Check = {
  name: "vector-matching",
  summary: "Both sides of an operator have the labels by which they are matched.",
  check: ofExpression((expr, _, { labels }) =>
    nodesOf(expr, "binary").flatMap((node) =>
      // Of a union each side keeps its own labels.
      matchesSeries(node) && node.op !== "or" ? problemOf(node, labels) : [],
    ),
  ),
};

function problemOf({ op, left, right, on, ignoring = [], fills }: Binary, labels: LabelAnalysis): string[] {
  if (fills !== undefined) return [];
  const [ofLeft, ofRight] = [labels.of(left), labels.of(right)];
  if (on !== undefined) {
    const missing = on.filter((label) => !ofLeft.has(label) || !ofRight.has(label));
    return missing.length === 0
      ? []
      : [`"${op}" matches on ${missing.join(", ")}, which one side does not have.`];
  }
  const [known, others] = [ofLeft.known, ofRight.known];
  if (known === undefined || others === undefined || !ofLeft.isUniform || !ofRight.isUniform) return [];
  const differing = [...known, ...others].filter(
    (label) => !ignoring.includes(label) && (!ofLeft.has(label) || !ofRight.has(label)),
  );
  return differing.length === 0
    ? []
    : [
        `"${op}" matches by all labels, and ${[...new Set(differing)].join(", ")} is on one side only: ` +
          "sum both sides by the same labels, or say on (...) which match.",
      ];
}
