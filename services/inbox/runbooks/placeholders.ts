import type { Labels } from "../cards/subject";

/** What somebody who reads a runbook has to fill in: `<service>`. */
const placeholder = /<([a-z][a-z_]*)>/g;

/**
 * Values that can stand in a command of a shell and in a query without quotes. A link can hold anything, and who copies
 * a command from a runbook runs it.
 */
const safeValue = /^[A-Za-z0-9/][\w.:/@-]{0,199}$/;

/** A part of a text: as it stands, or a placeholder with its value where it has one. */
export type Part = string | { readonly name: string; readonly value: string | undefined };

/** The names of a text's placeholders, each once, in their order. */
export function placeholdersOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([, name]) => name ?? ""))];
}

/** Splits a text at its placeholders. */
export function partsOf(text: string, values: Labels): readonly Part[] {
  return text.split(placeholder).map((part, index) => {
    if (index % 2 === 0) return part;
    return { name: part, value: Object.hasOwn(values, part) ? values[part] : undefined };
  });
}

/** Whether a value can be filled in. */
export function isSafe(value: string): boolean {
  return safeValue.test(value);
}
