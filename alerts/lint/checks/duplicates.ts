import type { Check } from "../rule";

/** Two rules that write the same series overwrite each other; two like alerts are told of twice. */
export const duplicates: Check = {
  name: "duplicates",
  summary: "No two rules make the same series or alert, with the same labels, of the same series.",
  check(rule, { index }) {
    const first = index.firstLike(rule);
    return first === rule
      ? []
      : [
          `The rule is a duplicate of one in group ${first.group} of ${first.file}: another label must differ.`,
        ];
  },
};
