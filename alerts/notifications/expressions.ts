/**
 * Expressions of Go's templates, as Alertmanager runs them. A user cannot add functions to these templates, so what
 * would be a function is an expression that is put together here.
 */

/** What may not be in a text on one line: line ends, control characters, our own mark, what turns the reading order. */
const unprintable = String.raw`[\s\p{Cc}\p{Co}\p{Zl}\p{Zp}\x{202A}-\x{202E}\x{2066}-\x{2069}]+`;

/** Stands where a text was cut, until the character that the cut went through is away. Of the private use area. */
const cutMark = "\u{e000}";

const base = String.raw`[^\p{M}\x{200D}\x{1F3FB}-\x{1F3FF}\x{E0020}-\x{E007F}]`;
const modifier = String.raw`[\p{M}\x{1F3FB}-\x{1F3FF}\x{E0020}-\x{E007F}]`;
/** The last of what a reader sees as one character: a letter with its accents, joined emoji. */
const lastCharacter = String.raw`${base}?${modifier}*(?:\x{200D}(?:${base}${modifier}*)?)*`;

/** A half of a flag. */
const half = String.raw`[\x{1F1E6}-\x{1F1FF}]`;

/** A text as Go writes it in source code. */
export function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(cutMark, String.raw`\ue000`);
}

/** A call of a template's function: `(name a b)`. */
export function call(name: string, ...args: readonly string[]): string {
  return `(${[name, ...args].join(" ")})`;
}

/** What replaces everything in a text that a regular expression matches. */
export function replaced(pattern: string, by: string, text: string): string {
  return call("reReplaceAll", quoted(pattern), quoted(by), text);
}

/** A text of several expressions; `%s` stands for each. */
export function formatted(format: string, ...args: readonly string[]): string {
  return call("printf", quoted(format), ...args);
}

/** A text on one line, without what is invisible and harmful. */
export function oneLine(text: string): string {
  return call("trimSpace", replaced(unprintable, " ", text));
}

/**
 * A text on one line of at most `runes` runes and an ellipsis. The cut goes between two characters as a reader sees
 * them: never through a letter and its accent, or a joined emoji.
 * @param runes at most 1000, the most that Go's regular expressions repeat
 */
export function cut(text: string, runes: number): string {
  const marked = replaced(`^(.{${String(runes)}}).+$`, `$1${cutMark}`, oneLine(text));
  // A flag is two halves, so that only those of a whole row of flags tell where one ends.
  const withWholeFlags = replaced(
    `(^|[^${half.slice(1)})((?:${half}${half})+)${half}?${cutMark}$`,
    "$1$2…",
    marked,
  );
  return replaced(`${lastCharacter}${cutMark}$`, "…", withWholeFlags);
}

/** The text with a backslash before what Markdown reads as markup in the middle of a line. */
export function escapedForMarkdown(text: string): string {
  return replaced(String.raw`([\\*_~\x60|<>\[\]])`, String.raw`\$1`, text);
}

/** Whether a text is a web address that can be put into any of the messages. */
export function isLink(text: string, maxBytes: number): string {
  return call(
    "and",
    call("match", quoted(String.raw`^https?://[\x21-\x7e]+$`), text),
    call("le", call("len", text), String(maxBytes)),
  );
}

/** A web address without the characters that end one in Markdown or in Slack's markup. */
export function safeLink(text: string): string {
  const codes: readonly (readonly [string, string])[] = [
    [String.raw`\(`, "%28"],
    [String.raw`\)`, "%29"],
    ["<", "%3C"],
    [">", "%3E"],
    [String.raw`\|`, "%7C"],
    [String.raw`\\`, "%5C"],
    [String.raw`\*`, "%2A"],
    [`"`, "%22"],
  ];
  return codes.reduce((inner, [pattern, code]) => replaced(pattern, code, inner), text);
}
