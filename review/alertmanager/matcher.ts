import { RE2JS } from "re2js";
import type { Labels } from "../../metrics/promql-engine/series";

/** How a matcher compares. */
export type Operator = "=" | "!=" | "=~" | "!~";

/** A condition on a label of an alert, as Alertmanager knows it. */
export interface Matcher {
  readonly label: string;
  readonly operator: Operator;
  /** A text, or for `=~` and `!~` a regular expression of Go for the whole value; `.` is no line feed in it. */
  readonly value: string;
}

/** Compiled by text: a configuration has the same few again and again. */
const compiled = new Map<string, RE2JS>();

/**
 * A regular expression as Alertmanager compiles it: anchored at both ends.
 * @throws RE2JSException where RE2 takes it for broken
 */
export function anchored(regex: string): RE2JS {
  const known = compiled.get(regex);
  if (known !== undefined) return known;
  const made = RE2JS.compile(`^(?:${regex})$`);
  compiled.set(regex, made);
  return made;
}

/** What is wrong with a regular expression; undefined where nothing is. */
export function brokenRegex(regex: string): string | undefined {
  try {
    anchored(regex);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : String(error);
  }
}

/** Whether an alert meets a condition. A label that is not there is an empty one. */
export function matches({ label, operator, value }: Matcher, labels: Labels): boolean {
  return matchesValue(operator, value, labels[label] ?? "");
}

/** Whether a value of a label meets a condition. */
export function matchesValue(operator: Operator, value: string, actual: string): boolean {
  switch (operator) {
    case "=":
      return actual === value;
    case "!=":
      return actual !== value;
    case "=~":
      return anchored(value).matches(actual);
    case "!~":
      return !anchored(value).matches(actual);
  }
}

/** Whether an alert meets all conditions. */
export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every((matcher) => matches(matcher, labels));
}

const reserved = /[\s{}!=~,\\"'`]/;

/** A matcher as Alertmanager prints it, in keys of groups among others. */
export function printedMatcher({ label, operator, value }: Matcher): string {
  const name = reserved.test(label) ? JSON.stringify(label) : label;
  const escaped = reserved.test(label)
    ? JSON.stringify(value)
    : `"${value.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/"/g, '\\"')}"`;
  return `${name}${operator}${escaped}`;
}

/** Several of them, as Alertmanager prints those of a route. */
export function printedMatchers(matchers: readonly Matcher[]): string {
  return `{${matchers.map(printedMatcher).join(",")}}`;
}

const operators: readonly Operator[] = ["=", "!=", "=~", "!~"];

/** In the order that Alertmanager gives those of a route, which is part of its groups' keys. */
export function sortedMatchers(matchers: readonly Matcher[]): readonly Matcher[] {
  return [...matchers].sort(
    (one, other) =>
      compareTexts(one.label, other.label) ||
      compareTexts(one.value, other.value) ||
      operators.indexOf(one.operator) - operators.indexOf(other.operator),
  );
}

/** Go's order of texts: that of their bytes. */
export function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  if (!/[\ud800-\udfff]/.test(one + other)) return one < other ? -1 : 1;
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
