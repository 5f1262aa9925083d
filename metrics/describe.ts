/** A value in a few words on one line, without what may be a secret in it. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${String(value.length)}`;
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

const longest = 80;

/** A text in quotes, cut where it is long. */
export function quote(text: string): string {
  // A URL's user, password, path and query are where secrets are.
  const masked = text.replace(/:\/\/[^/\s]*@/g, "://***@").replace(/(:\/\/[^/\s]+\/)\S+/g, "$1***");
  const cut = masked.length > longest ? `${masked.slice(0, longest)}…` : masked;
  return JSON.stringify(cut);
}

/** The candidate that a misspelt word most likely meant, if there is one. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const farthest = Math.ceil(word.length / 3);
  const wanted = word.toLowerCase();
  const ranked = candidates
    .map((candidate) => ({ candidate, lower: candidate.toLowerCase() }))
    // Each character more or less is one to insert or to delete.
    .filter(({ lower }) => Math.abs(lower.length - wanted.length) <= farthest)
    .map(({ candidate, lower }) => ({ candidate, distance: editDistance(wanted, lower) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= farthest ? best.candidate : undefined;
}

/** The fewest insertions, deletions, replacements and swaps of neighbours that make `b` of `a`. */
function editDistance(a: string, b: string): number {
  // Far longer than any key or name: not a slip of the keyboard, and not worth the square of its length.
  if (a.length > 100) return Infinity;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (beforePrevious[j - 2] ?? 0) + 1 : Infinity;
      current.push(Math.min(replaced, swapped, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? Infinity;
}

/** The end of a message: which of the candidates was probably meant. Empty where none is near. */
export function didYouMean(found: unknown, candidates: readonly string[]): string {
  const meant = typeof found === "string" ? nearest(found, candidates) : undefined;
  return meant === undefined ? "" : `; did you mean ${JSON.stringify(meant)}?`;
}
