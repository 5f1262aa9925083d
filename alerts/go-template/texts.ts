/** What Go's url.QueryEscape makes of a text. */
export function queryEscaped(text: string): string {
  return encodeURIComponent(wellFormed(text))
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

/** A text that can be written in UTF-8. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

const htmlCodes: Readonly<Record<string, string>> = {
  "\0": "\ufffd",
  '"': "&#34;",
  "'": "&#39;",
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
};

/** What text/template's `html` makes of a text. */
export function htmlEscaped(text: string): string {
  return text.replace(/["'&<>]|\0/g, (character) => htmlCodes[character] ?? character);
}

const jsCodes: Readonly<Record<string, string>> = { "\\": "\\\\", "'": "\\'", '"': '\\"' };

/** What text/template's `js` makes of a text. */
export function jsEscaped(text: string): string {
  return text.replace(/[\\'"<>&=]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return jsCodes[character] ?? `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`;
  });
}

/** Greek letters that have one capital, where the full mapping has two. */
function greekCapital(code: number): number | undefined {
  if (code >= 0x1f80 && code <= 0x1faf) return (code & 0x8) === 0 ? code + 8 : undefined;
  return [0x1fb3, 0x1fc3, 0x1ff3].includes(code) ? code + 9 : undefined;
}

/** Each character in upper case, where that is one character, as Go's strings.ToUpper does. */
export function upper(text: string): string {
  return text.replace(/[^A-Z\s\d]/gu, (character) => {
    const greek = greekCapital(character.codePointAt(0) ?? 0);
    return greek === undefined ? single(character, character.toUpperCase()) : String.fromCodePoint(greek);
  });
}

/** Each character in lower case, as Go's strings.ToLower does. */
export function lower(text: string): string {
  return text.replace(/[^a-z\s\d]/gu, (character) =>
    character === "\u0130" ? "i" : single(character, character.toLowerCase()),
  );
}

function single(before: string, after: string): string {
  return Array.from(after).length === 1 ? after : before;
}

/** Letters that are two in one, with their forms for the beginning of a word. */
const doubles: Readonly<Record<string, string>> = {
  ...{ Ǆ: "ǅ", ǆ: "ǅ", Ǉ: "ǈ", ǉ: "ǈ", Ǌ: "ǋ", ǌ: "ǋ", Ǳ: "ǲ", ǳ: "ǲ" },
  // Its apostrophe stays.
  ŉ: "ʼN",
};

/** A letter as it begins a word, which may be more than one character. */
function titleOf(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  const known = doubles[letter] ?? (/\p{Lt}/u.test(letter) ? letter : undefined);
  if (known !== undefined) return known;
  const greek = greekCapital(code);
  if (greek !== undefined) return String.fromCodePoint(greek);
  // Small letters of Georgian begin words, too; Greek ones with an iota keep it below them.
  if (code >= 0x10d0 && code <= 0x10ff) return letter;
  const [first = "", ...rest] = Array.from(letter.toUpperCase());
  const behind = rest.join("");
  return first + (code >= 0x1f00 && code <= 0x1fff ? behind.replace(/Ι$/, "\u0345") : behind.toLowerCase());
}

/** Without white space at both ends, as Go's strings.TrimSpace knows it. */
export function trimmed(text: string): string {
  const space = String.raw`[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+`;
  return text.replace(new RegExp(`^${space}|${space}$`, "g"), "");
}

/** Scripts that put no spaces between words, with the marks that lengthen a sound of theirs. */
const withoutSpaces = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\u30fc\uff70`;
/** What is part of a word: letters, decimal digits and marks (https://unicode.org/reports/tr29/#Word_Boundaries). */
const part = String.raw`(?:(?![${withoutSpaces}])[\p{L}\p{Nl}\p{Nd}\p{M}_])+`;
/** A word: an apostrophe, a point or a colon within is part of it. */
const word = new RegExp(String.raw`${part}(?:['.:\u00b7\u2018\u2019]${part})*`, "gu");

/**
 * The first letter of each word as a capital, as Go's cases.Title does.
 * @param lowers whether the others become small
 */
export function titled(text: string, lowers: boolean): string {
  return text.replace(word, (found) => {
    const start = found.search(/\p{Cased}/u);
    if (start === -1) return found;
    const first = String.fromCodePoint(found.codePointAt(start) ?? 0);
    const rest = found.slice(start + first.length);
    return found.slice(0, start) + titleOf(first) + (lowers ? lower(rest) : rest);
  });
}
