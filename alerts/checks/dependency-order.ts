import { selectorsIn } from "./expression";
import { ofExpression } from "./rule";

/** What a rule reads of its own group comes before it: a group is evaluated from top to bottom. */
export const dependencyOrder = ofExpression((expr, { file, group, index }, { rules }) => {
  const later = rules.filter(
    (other) =>
      other.kind === "record" && other.file === file && other.group === group && other.index >= index,
  );
  const names = new Set(later.map(({ name }) => name));
  const read = [...new Set(selectorsIn(expr).map(({ name }) => name))].filter((name) => names.has(name));
  // A series that several rules write may have been written by an earlier one as well.
  return read.map(
    (name) => `The rule reads ${name}, which its group records later: it gets the value from before.`,
  );
});
