import { nodesOf, type Binary } from "./expression";
import { labelsOf, matchesSeries, type RecordedLabels } from "./labels";
import { ofExpression } from "./rule";

/** Both sides of an operator have the labels by which their series are matched; else no series ever match. */
export const vectorMatching = ofExpression((expr, _, { recorded }) =>
  nodesOf(expr).flatMap((node) =>
    node.kind === "binary" && matchesSeries(node) ? problemOf(node, recorded) : [],
  ),
);

function problemOf({ op, left, right, on, ignoring = [] }: Binary, recorded: RecordedLabels): string[] {
  const [ofLeft, ofRight] = [labelsOf(left, recorded), labelsOf(right, recorded)];
  if (ofLeft === undefined || ofRight === undefined) return [];
  if (on !== undefined) {
    const missing = on.filter((label) => !ofLeft.has(label) || !ofRight.has(label));
    return missing.length === 0
      ? []
      : [`"${op}" matches on ${missing.join(", ")}, which one side does not have.`];
  }
  const differing = [...ofLeft, ...ofRight].filter(
    (label) => !ignoring.includes(label) && (!ofLeft.has(label) || !ofRight.has(label)),
  );
  return differing.length === 0
    ? []
    : [
        `"${op}" matches by all labels, and ${[...new Set(differing)].join(", ")} is on one side only: ` +
          "sum both sides by the same labels, or say on (...) which match.",
      ];
}
