import { RE2JS } from "re2js";
import { TemplateError } from "./template-error";

/** Compiled by text: each message uses the same few again and again. */
const compiled = new Map<string, RE2JS>();

function compile(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  try {
    const regex = RE2JS.compile(pattern);
    compiled.set(pattern, regex);
    return regex;
  } catch (error) {
    throw new TemplateError(error instanceof Error ? error.message : String(error));
  }
}

/** Whether a regular expression of Go's matches anywhere in a text. @throws TemplateError for a broken one */
export function isMatch(pattern: string, text: string): boolean {
  return compile(pattern).matcher(text).find();
}

/**
 * The text with all matches replaced, as Go's ReplaceAllString does: `$1` and `${name}` are what a group has matched, and
 * an empty match right behind another one does not count.
 * @throws TemplateError for a broken regular expression
 */
export function replaceAll(pattern: string, replacement: string, text: string): string {
  const regex = compile(pattern);
  const matcher = regex.matcher(text);
  const names = regex.namedGroups();
  const parts: string[] = [];
  let end = 0;
  let isFirst = true;
  while (matcher.find()) {
    const [from, to] = [matcher.start(), matcher.end()];
    if (from === to && from === end && !isFirst) continue;
    parts.push(text.slice(end, from));
    parts.push(
      expanded(replacement, (name) => {
        const index = /^\d+$/.test(name) ? Number(name) : names[name];
        return index === undefined || index > matcher.groupCount() ? "" : (matcher.group(index) ?? "");
      }),
    );
    end = to;
    isFirst = false;
  }
  return parts.join("") + text.slice(end);
}

function expanded(replacement: string, groupOf: (name: string) => string): string {
  if (!replacement.includes("$")) return replacement;
  return replacement.replace(
    /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))?/gu,
    (whole, braced?: string, plain?: string) => {
      const name = braced ?? plain;
      if (name !== undefined) return groupOf(name);
      return whole === "$$" ? "$" : whole;
    },
  );
}
