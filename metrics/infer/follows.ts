import type { ParsedSample } from "../contract/exposition";
import { follows, type Follows } from "../labels";
import type { Many } from "./values";

/** Fewest values of a label that tell whether another goes with it: of fewer it may be chance. */
const fewest = 5;

/**
 * The label that another one goes with, as a product's name goes with its id: there are as many values of either, in
 * pairs.
 * @param judged the labels of one metric whose values are many, by name
 */
export function followedBy(
  samples: readonly ParsedSample[],
  judged: ReadonlyMap<string, Many>,
): ReadonlyMap<string, Follows> {
  const found = new Map<string, Follows>();
  // What is called an id leads.
  const names = [...judged.keys()].sort((one, other) => Number(isIdName(other)) - Number(isIdName(one)));
  for (const [index, leader] of names.entries()) {
    if (found.has(leader)) continue;
    for (const label of names.slice(index + 1)) {
      const rest = found.has(label) ? undefined : restOfPairs(samples, [leader, label], judged);
      if (rest !== undefined) found.set(label, follows(leader, { rest }));
    }
  }
  return found;
}

function isIdName(label: string): boolean {
  return /(?:^|_)(?:id|uuid|sku|key)$/i.test(label);
}

/** The second label's value where the first has its rest; undefined where they do not go in pairs. */
function restOfPairs(
  samples: readonly ParsedSample[],
  [leader, label]: readonly [string, string],
  judged: ReadonlyMap<string, Many>,
): string | undefined {
  const [first, second] = [judged.get(leader), judged.get(label)];
  if (first === undefined || second === undefined || first.values.size < fewest) return undefined;
  if (first.isTemplate || second.isTemplate || first.isRestSeen !== second.isRestSeen) return undefined;
  const there = new Map<string, string>();
  const back = new Map<string, string>();
  for (const { labels } of samples) {
    const [one = "", other = ""] = [labels[leader], labels[label]];
    if ((there.get(one) ?? other) !== other || (back.get(other) ?? one) !== one) return undefined;
    there.set(one, other);
    back.set(other, one);
  }
  const isRestOfBoth = !first.isRestSeen || there.get(first.rest) === second.rest;
  return isRestOfBoth ? second.rest : undefined;
}
