import type { z } from "zod";
import { describeValue, nearest } from "./describe";
import { type Path, type Problem, valueAt } from "./rules/rule";
import { keysAt } from "./schema-keys";

/** What one issue of the environment's schema means to people. */
export function problemsOf(issue: z.core.$ZodIssue, raw: unknown): Problem[] {
  const { path } = issue;
  const value = valueAt(raw, path);
  const found = describeValue(value);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey([...path, key]));
    case "invalid_key": {
      // The path ends with the key itself.
      const allowed = issue.issues[0]?.message ?? issue.message;
      return [{ path, found: `${describeValue(path.at(-1))} as a key`, allowed }];
    }
    case "invalid_value":
      return [
        { path, found, allowed: `one of ${issue.values.map(String).join(", ")}${slip(value, issue.values)}` },
      ];
    case "invalid_union": {
      const options: readonly unknown[] = "options" in issue ? (issue.options ?? []) : [];
      if (options.length === 0) return [{ path, found, allowed: issue.message }];
      return [{ path, found, allowed: `one of ${options.join(", ")}${slip(value, options)}` }];
    }
    case "invalid_type": {
      const known = issue.expected === "object" ? keysAt(path) : [];
      const allowed = known.length === 0 ? issue.message : `an object with the keys ${known.join(", ")}`;
      return [{ path, found, allowed: `${allowed}${wrongType(value, issue.expected, issue.message)}` }];
    }
    default:
      return [{ path, found, allowed: issue.message }];
  }
}

/** That a key is none of those that its object may have. Its value may be a secret put there by mistake: it is not shown. */
export function unknownKey(path: Path): Problem {
  const known = keysAt(path.slice(0, -1));
  const allowed = `one of the keys ${known.join(", ")}${didYouMean(path.at(-1), known)}`;
  return { path, found: "an unknown key", allowed };
}

/** What is allowed where a part of the schema has no words of its own for it. */
export function fallbackMessage(issue: z.core.$ZodRawIssue): string | undefined {
  const isText = issue.origin === "string";
  switch (issue.code) {
    case "invalid_type":
      return typeWords[issue.expected] ?? "another type of value";
    case "too_small":
      return isText
        ? `a text of ${String(issue.minimum)} characters or more`
        : `${String(issue.minimum)} or more`;
    case "too_big":
      return isText
        ? `a text of at most ${String(issue.maximum)} characters`
        : `at most ${String(issue.maximum)}`;
    default:
      return undefined;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/** The candidate that a misspelt text most likely meant, as the end of a message; nothing where there is none. */
export function didYouMean(found: unknown, candidates: readonly unknown[]): string {
  const suggestion = typeof found === "string" ? nearest(found, candidates.map(String)) : undefined;
  return suggestion === undefined ? "" : `; did you mean "${suggestion}"?`;
}

/** As `didYouMean`, where the candidates may be numbers: a text is no number, however much it looks like one. */
function slip(found: unknown, candidates: readonly unknown[]): string {
  if (!candidates.some((each) => typeof each === "number")) return didYouMean(found, candidates);
  return candidates.some((each) => String(each) === found) ? withoutQuotes(found) : "";
}

/** What to do about a value that is right but for its type. */
function wrongType(found: unknown, expected: string, allowed: string): string {
  const isText = typeof found === "string" && found.trim() !== "";
  if (isText && (expected === "number" || expected === "int")) {
    return Number.isFinite(Number(found)) ? withoutQuotes(found) : "";
  }
  if (expected === "boolean" && (found === "true" || found === "false")) return withoutQuotes(found);
  // Where any text will do, this one will in quotes.
  const isPlain = typeof found === "number" || typeof found === "boolean";
  return allowed === typeWords.string && isPlain ? `; did you mean "${String(found)}", in quotes?` : "";
}

function withoutQuotes(found: unknown): string {
  return `; did you mean ${String(found).trim()}, without quotes?`;
}
