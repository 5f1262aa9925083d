import { checkProperties, list, optional, type Property } from "../properties";
import { report, words } from "../problems";

// What the compiler checks by types is checked here by shapes, for those who do not ask it.

/** Labels in words. */
export function labelsInWords(labels: readonly string[]): string {
  return labels.length === 0 ? "no labels" : `the labels ${[...labels].sort().join(", ")}`;
}

/**
 * Whether all of some labels are there; reports those that are not.
 * @param there the labels that are; undefined where they are not known after another mistake
 */
export function checkLabels(
  what: string,
  named: readonly unknown[],
  there: readonly string[] | undefined,
): boolean {
  if (there === undefined) return false;
  const strange = named.filter((label) => !(there as readonly unknown[]).includes(label));
  for (const label of strange) {
    const allowed = there.length === 0 ? "none: no label is left" : there.join(", ");
    report({ what: `${what}: label`, found: label, allowed, candidates: there });
  }
  return strange.length === 0;
}

/**
 * The only one of some options that an object has, such as `by` of `{ by: ["service"] }`, with its labels.
 * Reports an object that has none or several, or something else besides.
 */
export function choiceOf<K extends string>(
  what: string,
  value: unknown,
  keys: readonly K[],
  others: Readonly<Record<string, Property>> = {},
): { readonly key: K; readonly labels: readonly string[] } | undefined {
  const choices = Object.fromEntries(keys.map((key) => [key, optional(list)]));
  if (!checkProperties(what, value, { ...choices, ...others })) return undefined;
  const object = value as Partial<Record<K, readonly string[]>>;
  const chosen = keys.filter((key) => object[key] !== undefined);
  const [key] = chosen;
  if (key === undefined || chosen.length > 1) {
    report({ what, found: words(chosen.join(" and ") || "nothing"), allowed: `one of ${keys.join(", ")}` });
    return undefined;
  }
  return { key, labels: object[key] ?? [] };
}
