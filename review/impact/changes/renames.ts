/** A thing that is gone, with what it is most likely called now. */
export interface Rename<T> {
  readonly to: T;
  /** How sure it is, in words, and why. */
  readonly because: string;
}

/** How alike two things are: from 0 to 1, with what they have in common in words. */
export interface Likeness {
  readonly share: number;
  readonly because: string;
}

/** Below it two things are not taken for the same. */
const leastAlike = 0.6;

/** Finds for things that are gone what they are called now. Each new name is taken once, the likest first. */
export function renamesOf<T extends { readonly name: string }>(
  gone: readonly T[],
  added: readonly T[],
  alike: (one: T, other: T) => Likeness | undefined,
): ReadonlyMap<T, Rename<T>> {
  const pairs = gone
    .flatMap((from) =>
      added.flatMap((to) => {
        const found = alike(from, to);
        return found === undefined || found.share < leastAlike ? [] : [{ from, to, ...found }];
      }),
    )
    .sort((one, other) => other.share - one.share || compare(one.from.name, other.from.name));
  const renames = new Map<T, Rename<T>>();
  const taken = new Set<T>();
  for (const { from, to, because } of pairs) {
    if (renames.has(from) || taken.has(to)) continue;
    renames.set(from, { to, because });
    taken.add(to);
  }
  return renames;
}

/** How many words two names share: from 0 to 1. */
export function nameLikeness(one: string, other: string): number {
  const [words, others] = [wordsOf(one), wordsOf(other)];
  const both = [...words].filter((word) => others.has(word)).length;
  return (2 * both) / (words.size + others.size);
}

/** Of parts that are the same or not, each with its weight and word, a likeness. */
export function likenessOf(
  parts: readonly (readonly [isSame: boolean, weight: number, word: string])[],
  names: number,
): Likeness {
  const same = parts.filter(([isSame]) => isSame);
  const sum = (of: typeof parts) => of.reduce((all, [, weight]) => all + weight, 0);
  const share = (sum(same) + names) / (sum(parts) + 1);
  const sure = same.length === parts.length ? "Most likely renamed" : "Perhaps renamed";
  const words = same.map(([, , word]) => word);
  return {
    share,
    because: `${sure}: ${words.length > 0 ? `the same ${words.join(", ")}` : "a similar name"}.`,
  };
}

function wordsOf(name: string): ReadonlySet<string> {
  return new Set(
    name
      .replace(/([a-z\d])([A-Z])/g, "$1_$2")
      .toLowerCase()
      .split(/[^a-z\d]+/),
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
