import type { LeMatcher } from "../version/volume";

/** The texts that Prometheus and clients write a bound of a bucket as: `1`, `1.0`, `1e+06`. */
export function spellingsOf(bound: number): readonly string[] {
  const exponent = bound.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  const plain = String(bound);
  return [...new Set([plain, ...(Number.isInteger(bound) ? [`${plain}.0`] : []), exponent])];
}

/** All texts of the same bound as a text of `le`. */
export function sameBound(le: string): readonly string[] {
  const bound = Number(le);
  return le !== "" && Number.isFinite(bound) ? [...new Set([le, ...spellingsOf(bound)])] : [le];
}

/** Whether one of some selectors reads a bucket, however its bound is written. */
export function readsBucket(selectors: readonly (readonly LeMatcher[])[], le: string): boolean {
  return selectors.some((matchers) =>
    sameBound(le).some((text) => matchers.every((matcher) => matches(matcher, text))),
  );
}

/** What cannot be read as JavaScript's regular expression is taken to match. */
function matches({ operator, value }: LeMatcher, text: string): boolean {
  if (operator === "=") return value === text;
  try {
    return new RegExp(`^(?:${value})$`, "s").test(text);
  } catch {
    return true;
  }
}
