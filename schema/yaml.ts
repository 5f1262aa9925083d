import { stringify } from "yaml";

const options = { lineWidth: 0, aliasDuplicateObjects: false } as const;

/**
 * Plain data as YAML, each text on a line however long; the same bytes as those of the package `yaml`, which takes ten
 * times as long: most of its work is to decide how a text is quoted, and here it is asked once for each text.
 */
export function toYaml(data: unknown): string {
  const lines: string[] = [];
  // What is seldom (a list in a list, a text of several lines, null) is left to the package.
  return isObject(data) && addMap(lines, data, "", "") ? `${lines.join("\n")}\n` : stringify(data, options);
}

/** Adds a map at an indentation; its first line begins with `first`. False for what this cannot write. */
function addMap(
  lines: string[],
  map: Readonly<Record<string, unknown>>,
  indent: string,
  first: string,
): boolean {
  let start = first;
  for (const [key, value] of Object.entries(map)) {
    if (value === undefined) continue;
    if (!isPlainKey(key)) return false;
    if (Array.isArray(value) && value.length > 0) {
      lines.push(`${start}${key}:`);
      if (!addList(lines, value, `${indent}  `)) return false;
    } else if (isObject(value) && !isEmpty(value)) {
      lines.push(`${start}${key}:`);
      if (!addMap(lines, value, `${indent}  `, `${indent}  `)) return false;
    } else {
      const text = scalar(value);
      if (text === undefined) return false;
      lines.push(`${start}${key}: ${text}`);
    }
    start = indent;
  }
  return start === indent && lines.length > 0;
}

function addList(lines: string[], list: readonly unknown[], indent: string): boolean {
  return list.every((item) => {
    if (isObject(item) && !isEmpty(item)) return addMap(lines, item, `${indent}  `, `${indent}- `);
    const text = scalar(item);
    if (text !== undefined) lines.push(`${indent}- ${text}`);
    return text !== undefined;
  });
}

const written = new Map<string, string>();
const mostWritten = 5000;

/** A text, number, truth value, empty list or map as it stands after a key; undefined where that takes more than a line. */
function scalar(value: unknown): string | undefined {
  if (typeof value === "number" && Number.isFinite(value)) {
    // The package writes -0 as such, which String() does not.
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : stringify(value).trimEnd();
  }
  if (typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "[]" : undefined;
  if (isObject(value)) return isEmpty(value) ? "{}" : undefined;
  if (typeof value !== "string") return undefined;
  if (isPlain(value)) return value;
  const known = written.get(value);
  if (known !== undefined) return known;
  const text = stringify({ k: value }, options).slice("k: ".length, -1);
  if (value.includes("\n") || text.includes("\n")) return undefined;
  if (written.size >= mostWritten) written.clear();
  written.set(value, text);
  return text;
}

/** Whether a text stands as it is by all that YAML says of plain scalars: what begins otherwise is left to the package. */
function isPlain(text: string): boolean {
  return (
    /^[A-Za-z_(]/.test(text) && !/\n|:[ \t]|[ \t]#|[\t :-]$/.test(text) && !/^(true|false|null)$/i.test(text)
  );
}

function isPlainKey(key: string): boolean {
  return /^[A-Za-z_][\w-]*$/.test(key) && !/^(true|false|null)$/i.test(key);
}

/** Whether the package would write `{}`: what is undefined is not there. */
function isEmpty(map: Readonly<Record<string, unknown>>): boolean {
  return Object.values(map).every((each) => each === undefined);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
