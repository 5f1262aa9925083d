import MarkdownIt from "markdown-it";
import { anchor, plain, type FormContext, type Piece, type Tag } from "./piece";

type Token = MarkdownIt.Token;

/** How a service reads Markdown. */
export interface Dialect {
  /** Whether a line end is one, too, and not a space. */
  readonly keepsLines: boolean;
  /** Whether two underscores underline. */
  readonly underlines: boolean;
}

const reader = new MarkdownIt({ html: false, linkify: true }).disable(["code", "image", "table", "lheading"]);
reader.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });

/** A text in Markdown as it is shown. */
export function readMarkdown(text: string, dialect: Dialect, context: FormContext): Piece[] {
  return nest(reader.parse(text, {}), dialect, context);
}

/** A text of one paragraph in Markdown, such as a title. */
export function readInlineMarkdown(text: string, dialect: Dialect, context: FormContext): Piece[] {
  return nest(reader.parseInline(text, {}), dialect, context);
}

const tags: Readonly<Record<string, Tag>> = {
  paragraph: "p",
  heading: "p",
  bullet_list: "ul",
  ordered_list: "ol",
  list_item: "li",
  blockquote: "blockquote",
  strong: "b",
  em: "i",
  s: "s",
};

/** Puts what tokens open and close into one another. */
function nest(tokens: readonly Token[], dialect: Dialect, context: FormContext): Piece[] {
  const stack: { readonly open?: Token; readonly children: Piece[] }[] = [{ children: [] }];
  const add = (...pieces: readonly Piece[]) => {
    stack.at(-1)?.children.push(...pieces);
  };
  for (const token of tokens) {
    if (token.nesting === 1) stack.push({ open: token, children: [] });
    else if (token.nesting === 0) add(...leaf(token, dialect, context));
    else {
      const { open, children } = stack.pop() ?? { children: [] };
      add(...(open ? closed(open, children, dialect, context) : children));
    }
  }
  return stack[0]?.children ?? [];
}

function closed(open: Token, children: readonly Piece[], dialect: Dialect, context: FormContext): Piece[] {
  if (open.hidden) return [...children];
  const name = open.type.replace(/_open$/, "");
  if (name === "link") return [anchor(String(open.attrGet("href") ?? ""), children, context)];
  const inner = name === "heading" ? [plain("b", ...children)] : children;
  const tag = name === "strong" && open.markup === "__" && dialect.underlines ? "u" : tags[name];
  return [plain(tag ?? "span", ...inner)];
}

function leaf(token: Token, dialect: Dialect, context: FormContext): Piece[] {
  switch (token.type) {
    case "inline":
      return nest(token.children ?? [], dialect, context);
    case "softbreak":
      return dialect.keepsLines ? [plain("br")] : [" "];
    case "hardbreak":
      return [plain("br")];
    case "code_inline":
      return [plain("code", token.content)];
    case "fence":
      return [plain("pre", token.content)];
    case "hr":
      return [plain("hr")];
    default:
      return token.content === "" ? [] : [token.content];
  }
}
