import type { Check, FileRule } from "./rule";

/** No two rules write the same series or fire the same alert. */
export const duplicates: Check = (rule, { rules }) => {
  const first = rules.find((other) => keyOf(other) === keyOf(rule));
  return first === undefined || first === rule
    ? []
    : [`The rule is a duplicate of one in group ${first.group} of ${first.file}: another label must differ.`];
};

function keyOf({ kind, name, labels }: FileRule): string {
  return JSON.stringify([kind, name, Object.entries(labels).sort()]);
}
