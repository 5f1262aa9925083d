import type { Expression, Matcher } from "./expression";

const placeKeys = ["from", "to", "inParentheses"];
/** Keys of lists whose order says nothing. */
const labelKeys = ["by", "without", "on", "ignoring", "groupLeft", "groupRight"];

/** The same text for expressions that are the same but for how they are written. */
export function fingerprint(expr: Expression): string {
  return JSON.stringify(expr, (key, value: unknown) => {
    if (placeKeys.includes(key)) return undefined;
    if (labelKeys.includes(key) && Array.isArray(value)) return [...new Set(value as string[])].sort();
    if (key === "matchers") return (value as readonly Matcher[]).map(matcherText).sort();
    // JSON has no infinity.
    if (typeof value === "number" && !Number.isFinite(value)) return String(value);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? inOrder(value) : value;
  });
}

function matcherText({ label, operator, value }: Matcher): string {
  return label + operator + JSON.stringify(value);
}

function inOrder(record: object): object {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}
