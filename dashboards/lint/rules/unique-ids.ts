import type { Rule } from "../rule";

/** Links to a panel, and the states of alerts, go by its id. */
export const uniqueIds: Rule = {
  name: "unique-ids",
  summary: "Every panel has an id of its own, and so has every target of a panel.",
  check({ panels }) {
    const seen = new Map<number, string>();
    return panels.flatMap((panel) => {
      const { id, targets } = panel.json;
      const problems = (targets ?? []).flatMap(({ refId }, index) =>
        refId && targets?.findIndex((other) => other.refId === refId) !== index
          ? [{ panel, message: `has two targets "${refId}"` }]
          : [],
      );
      if (id === undefined || id === null) return [...problems, { panel, message: "has no id" }];
      const other = seen.get(id);
      if (other !== undefined) {
        return [...problems, { panel, message: `has the id ${String(id)}, which "${other}" has too` }];
      }
      seen.set(id, panel.name);
      return problems;
    });
  },
};
