import { clip } from "../words";

/**
 * A text of others as GitHub shows it: in one line, and nothing of it is markup, a mention or a link.
 * @param most characters. Default: 120
 */
export function escapeMarkdown(text: string, most = 120): string {
  return (
    clip(oneLine(text), most)
      // GitHub looks for mentions, issues, emoji and addresses in what it has rendered: only another character helps.
      .replace(/@|#(?=\w)|\bGH(?=-\d)|:(?=\/\/)|:(?=[\w+-]+:)|\bwww(?=\.)/gi, `$&${gap}`)
      // At the start of a line these make a heading, a list or a rule.
      .replace(/^(?=[-=#]|\d+\.)/, gap)
      .replace(/[&<>]/g, (character) => entities[character] ?? "")
      .replace(/[\\`*_{}[\]()+!|~^$]/g, (character) => `&#${String(character.charCodeAt(0))};`)
  );
}

/** A text of others in code, one line of it. */
export function codeMarkdown(text: string, most = 120): string {
  // Code in backticks cannot hold what ends a cell of a table.
  return `<code>${escapeMarkdown(text, most)}</code>`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** A space of no width. */
const gap = "\u200b";

/** What breaks a line, or turns or hides what follows, is a space. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}
