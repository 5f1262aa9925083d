import { RE2JS } from "re2js";
import type { Matcher } from "./expression";

/** Compiled by text: a file of rules has the same few again and again. Undefined: broken. */
const compiled = new Map<string, { readonly regex?: RE2JS; readonly problem?: string }>();

/** What RE2, whose syntax Prometheus takes, finds wrong in a regular expression. */
export function regexProblem(regex: string): string | undefined {
  return compile(regex).problem;
}

/** Whether a series without the matcher's label, or with an empty one, is chosen. */
export function matchesEmpty(matcher: Matcher): boolean {
  return matchesValue(matcher, "");
}

/** Whether a series whose label has that value is chosen. A label that is not there has the value "". */
export function matchesValue({ operator, value }: Pick<Matcher, "operator" | "value">, of: string): boolean {
  switch (operator) {
    case "=":
      return value === of;
    case "!=":
      return value !== of;
    case "=~":
      return matches(value, of);
    case "!~":
      return !matches(value, of);
  }
}

/** Whether a regular expression of a matcher matches the whole of a text; false for a broken one. */
function matches(regex: string, text: string): boolean {
  return compile(regex).regex?.matches(text) ?? false;
}

function compile(regex: string) {
  const known = compiled.get(regex);
  if (known !== undefined) return known;
  const result = attempt(regex);
  compiled.set(regex, result);
  return result;
}

function attempt(regex: string) {
  try {
    return { regex: RE2JS.compile(regex, RE2JS.DOTALL) };
  } catch (error) {
    return {
      problem: error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : String(error),
    };
  }
}
