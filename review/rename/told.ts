import type { Names } from "./names";
import type { LeftName, RenamePlan } from "./plan";

/** How many places of a kind are listed. */
const mostListed = 20;

const reasons: Readonly<Record<LeftName["why"], string>> = {
  recorded: "Recorded names stay, so that what reads them has its past:",
  history: "What tells of the past stays:",
  word: "The name may be a word of the sentence; look at these:",
  still: "The former name still stands here; look at these:",
};

/** What a step changes, file by file, and what it leaves, in lines. */
export function planLines({ changes, left }: RenamePlan): readonly string[] {
  const width = Math.max(0, ...changes.map(({ path }) => path.length));
  return [
    ...changes.map(({ path, names, isDefinition }) => {
      const counted = names === 0 ? [] : [names === 1 ? "1 name" : `${String(names)} names`];
      return `${path.padEnd(width)}  ${[...counted, ...(isDefinition ? ["the definition"] : [])].join(", ")}`;
    }),
    ...Object.entries(reasons).flatMap(([why, head]) => {
      const places = left.filter((each) => each.why === why);
      if (places.length === 0) return [];
      const more = places.length - mostListed;
      return [
        "",
        head,
        ...places.slice(0, mostListed).map(({ place, word }) => `  ${place}  ${word}`),
        ...(more > 0 ? [`  and ${String(more)} more`] : []),
      ];
    }),
  ];
}

/** What is to be done after the first step. */
export function afterStart({ from, to }: Names): readonly string[] {
  return [
    "",
    `${to} is now the name; services expose both, and queries read either. What is not in this repository (dashboards, rules and modules of others) is not known here, and goes on reading ${from}.`,
    "1. npm run typecheck && npm test; look at the difference, and commit it. Where pictures or modules of other repositories show the metric: npm run pictures, npm run generate.",
    "2. Deploy services, rules and dashboards, in any order. Let the readers of elsewhere take on the new name.",
    `3. npm run verify -- ENVIRONMENT says when nobody needs ${from} any more; then: npm run rename -- metric ${from} ${to} --finish --environment ENVIRONMENT`,
  ];
}

/** What is to be done after the second step. */
export function afterFinish({ from, to }: Names): readonly string[] {
  return [
    "",
    `${to} is the only name now; what Prometheus has stored under ${from} stays there until its retention ends.`,
    "npm run typecheck && npm test; look at the difference, and commit it. Deploy in any order.",
  ];
}
