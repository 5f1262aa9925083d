/** A value in JSON that differs. Undefined where it is not there. */
export interface Difference {
  /** Keys and places that lead to it. */
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** The smallest values in which two JSON values differ; the order of keys is none. */
export function differencesOf(before: unknown, after: unknown, path: readonly string[] = []): Difference[] {
  if (isContainer(before) && isContainer(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differencesOf(before[key], after[key], [...path, key]));
  }
  return isSame(before, after) ? [] : [{ path, before, after }];
}

/** Whether two JSON values are the same. A key without a value is the same as none. */
export function isSame(one: unknown, other: unknown): boolean {
  if (isContainer(one) && isContainer(other)) return differencesOf(one, other).length === 0;
  return Object.is(one, other);
}

/** Longest text of a value in words. */
const longest = 60;

/** A JSON value in words: texts as they are, what is long cut. */
export function valueInWords(value: unknown): string {
  if (value === undefined || value === null) return "none";
  const text = typeof value === "string" ? (value === "" ? '""' : value) : JSON.stringify(value);
  const line = text.replace(/\s+/g, " ");
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}

/** A difference in words: `legend.placement right → bottom`. */
export function inWords(what: string, before: unknown, after: unknown): string {
  const [old, fresh] = [valueInWords(before), valueInWords(after)];
  // What differs only behind the end of a long text would read as the same.
  return old === fresh ? `${what} changed` : `${what} ${old} → ${fresh}`;
}

type Container = Readonly<Record<string, unknown>>;

export function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}
