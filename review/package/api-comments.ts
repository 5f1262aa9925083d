import type { Comment, CommentDisplayPart } from "typedoc" with { "resolution-mode": "import" };

/** What stands before the text of a tag. */
const tags: Readonly<Record<string, string>> = {
  "@returns": "Returns ",
  "@throws": "Throws ",
  "@default": "Default: ",
};

/** A docstring in one line of Markdown; empty where there is none. */
export function commentText(comment: Comment | undefined): string {
  if (comment === undefined) return "";
  const blocks = comment.blockTags.map(({ tag, name, content }) => {
    const before = name === undefined ? (tags[tag] ?? "") : `\`${name}\`: `;
    // A default that is no value begins with a dash.
    return ended(before + textOf(content).replace(/^- /, ""));
  });
  return [ended(textOf(comment.summary)), ...blocks].filter((text) => text !== "").join(" ");
}

function textOf(parts: readonly CommentDisplayPart[]): string {
  return parts
    .map(({ text }) => text)
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}

function ended(sentence: string): string {
  return sentence === "" || /[.!?:]$/.test(sentence) ? sentence : `${sentence}.`;
}
