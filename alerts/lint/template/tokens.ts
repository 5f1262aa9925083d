import { unquote } from "../../../metrics/promql-analysis";

/** What is wrong with a template. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
}

/** A word of an action. `space` stands between operands: `.a .b` are two, `.a.b` is one. */
export interface Token {
  readonly kind: "space" | "field" | "variable" | "identifier" | "string" | "constant" | "mark";
  /** As written; of a field and a variable without the sign before it. */
  readonly text: string;
  /** What a string stands for. */
  readonly value?: string;
}

/** An action of a template: what stands between two braces and two braces. */
export type Action = readonly Token[];

const words: readonly (readonly [Token["kind"], RegExp])[] = [
  ["space", /[ \t\r\n]+/y],
  ["string", /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ["constant", /'(?:[^'\\\n]|\\(?:[abfnrtv\\'"]|x[0-9a-f]{2}|[0-7]{3}|u[0-9a-f]{4}|U[0-9a-f]{8}))'/iy],
  ["constant", /[-+]?(?:\d|\.\d)[\w.]*(?:(?<=[eEpP])[-+]\d[\w.]*)?/y],
  ["field", /\.[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ["variable", /\$[\p{L}\p{Nd}_]*/uy],
  ["identifier", /[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ["mark", /:=|[=|(),.]/y],
];
/** What may follow a name. */
const ends = /[\s.,|:)(]|$|-?\}\}/y;
const numbers =
  /^[-+]?(?:(?:0|[1-9][\d_]*|0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+)i?|(?:\d[\d_]*)?\.?[\d_]*(?:[eE][-+]?\d+)?i?)$/;

/**
 * The actions of a template, comments left out.
 * @throws TemplateError where an action or a comment has no end, or holds what no word begins with.
 */
export function actionsOf(template: string): Action[] {
  const actions: Action[] = [];
  for (let at = template.indexOf("{{"); at !== -1; at = template.indexOf("{{", at)) {
    const comment = /\{\{(?:- )?\/\*/y;
    comment.lastIndex = at;
    if (comment.test(template)) {
      at = endOfComment(template, comment.lastIndex);
      continue;
    }
    const start = /\{\{(?:-(?=\s))?/y;
    start.lastIndex = at;
    start.test(template);
    const { action, end } = actionAt(template, start.lastIndex);
    actions.push(action);
    at = end;
  }
  return actions;
}

function endOfComment(template: string, from: number): number {
  const end = /\*\/(?: -)?\}\}/g;
  end.lastIndex = from;
  if (!end.test(template)) throw new TemplateError("unclosed comment");
  return end.lastIndex;
}

function actionAt(template: string, from: number): { readonly action: Action; readonly end: number } {
  const action: Token[] = [];
  const close = /(?:\s-)?\}\}/y;
  for (let at = from; ;) {
    close.lastIndex = at;
    if (close.test(template)) return { action, end: close.lastIndex };
    if (at >= template.length) throw new TemplateError("unclosed action");
    const token = tokenAt(template, at);
    action.push(token);
    at += token.length;
  }
}

function tokenAt(template: string, at: number): Token & { readonly length: number } {
  for (const [kind, pattern] of words) {
    pattern.lastIndex = at;
    const text = pattern.exec(template)?.[0];
    if (text === undefined) continue;
    const isName = kind === "field" || kind === "variable" || kind === "identifier";
    if (isName) refuseOddEnd(template, at + text.length);
    if (kind === "constant" && !text.startsWith("'") && !numbers.test(text))
      throw new TemplateError(`bad number ${text}`);
    return {
      kind,
      text: kind === "field" || kind === "variable" ? text.slice(1) : text,
      ...(kind === "string" && { value: stringOf(text) }),
      length: text.length,
    };
  }
  throw new TemplateError(
    template[at] === '"' ? "unterminated string" : `unexpected "${template[at] ?? ""}"`,
  );
}

function refuseOddEnd(template: string, at: number): void {
  ends.lastIndex = at;
  if (!ends.test(template)) throw new TemplateError(`bad character "${template[at] ?? ""}" behind a name`);
}

function stringOf(literal: string): string {
  try {
    return unquote(literal);
  } catch (error) {
    throw new TemplateError(error instanceof Error ? error.message : String(error));
  }
}
