import { anchor, element, plain, type FormContext, type Piece, type Tag } from "./piece";

/**
 * Slack's markup. https://docs.slack.dev/messaging/formatting-message-text
 * A sign counts at the edge of a word only: `snake_case_name` is none.
 */
const markup = new RegExp(
  [
    "```(?<pre>[^`]+)```",
    "`(?<code>[^`\\n]+)`",
    "<(?<angle>[^<>\\n]+)>",
    "(?<![\\w*])\\*(?<bold>[^*\\s](?:[^*\\n]*[^*\\s])?)\\*(?![\\w*])",
    "(?<![\\w])_(?<italic>[^_\\s](?:[^_\\n]*[^_\\s])?)_(?![\\w])",
    "(?<![\\w~])~(?<strike>[^~\\s](?:[^~\\n]*[^~\\s])?)~(?![\\w~])",
  ].join("|"),
  "g",
);
const tags: readonly (readonly [group: string, tag: Tag])[] = [
  ["bold", "b"],
  ["italic", "i"],
  ["strike", "s"],
];

/** A text of Slack as it is shown. */
export function readMrkdwn(text: string, context: FormContext): Piece[] {
  const pieces: Piece[] = [];
  let quote: Piece[] = [];
  const endQuote = () => {
    if (quote.length > 0) pieces.push(plain("blockquote", ...quote));
    quote = [];
  };
  // A fence may span lines, a quote is made of lines: fences first.
  for (const [index, part] of text.split(/(```[^`]+```)/).entries()) {
    if (index % 2 === 1) {
      endQuote();
      pieces.push(...inline(part, context));
      continue;
    }
    for (const [number, line] of part.split("\n").entries()) {
      const [, quoted] = /^(?:>|&gt;) ?(.*)$/.exec(line) ?? [];
      if (quoted !== undefined) {
        if (quote.length > 0) quote.push(plain("br"));
        quote.push(...inline(quoted, context));
        continue;
      }
      const followsQuote = quote.length > 0;
      endQuote();
      if (number > 0 && !followsQuote) pieces.push(plain("br"));
      pieces.push(...inline(line, context));
    }
  }
  endQuote();
  return pieces;
}

function inline(text: string, context: FormContext): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(markup)) {
    pieces.push(...plainText(text.slice(end, match.index)), ...marked(match.groups ?? {}, context));
    end = match.index + match[0].length;
  }
  return [...pieces, ...plainText(text.slice(end))];
}

function marked(groups: Readonly<Record<string, string | undefined>>, context: FormContext): Piece[] {
  const { pre, code, angle } = groups;
  if (pre !== undefined) return [plain("pre", unescaped(pre).trim())];
  if (code !== undefined) return [plain("code", unescaped(code))];
  if (angle !== undefined) return [angleBrackets(angle, context)];
  const [group = "", tag = "span"] = tags.find(([name]) => groups[name] !== undefined) ?? [];
  return [plain(tag, ...inline(groups[group] ?? "", context))];
}

/** A link, or somebody who is called: a person, a channel, all who are there. */
function angleBrackets(content: string, context: FormContext): Piece {
  const [target = "", words] = content.split("|", 2).map(unescaped);
  const sign = /^[@#!]/.exec(target)?.[0];
  if (sign === undefined) return anchor(target.replace(/^mailto:/, ""), [words ?? target], context);
  const name = words ?? target.slice(1).replace(/^(?:subteam|date)\^/, "");
  return element("span", "mention", `${sign === "#" ? "#" : "@"}${name.replace(/^[@#]/, "")}`);
}

function plainText(text: string): Piece[] {
  return text === "" ? [] : [unescaped(text)];
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
