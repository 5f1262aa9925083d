import { constantOf, textOf } from "./constants";
import { TemplateError } from "./template-error";
import type { Constant } from "./values";

/** A word of an action. `space` stands between operands: `.a .b` are two, `.a.b` is one. */
export interface Token {
  readonly kind: "space" | "field" | "variable" | "identifier" | "string" | "constant" | "mark";
  /** As written; of a field and a variable without the sign before it. */
  readonly text: string;
  /** What a string or a constant stands for. */
  readonly value?: Constant;
}

/** An action of a template: what stands between two braces and two braces. */
export type Action = readonly Token[];

/** A template in pieces: text between actions, and these. */
export type Part = string | Action;

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
/** What a trim marker takes away. */
const spaceBefore = /[ \t\r\n]+$/;
const spaceBehind = /[ \t\r\n]*/y;

/**
 * The parts of a template in their order. Comments, and white space that trim markers take away, are left out.
 * @throws TemplateError where an action or a comment has no end, or holds what no word begins with.
 */
export function partsOf(template: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (;;) {
    const start = template.indexOf("{{", at);
    const text = template.slice(at, start === -1 ? undefined : start);
    const isTrimmed = isAt(/\{\{-[ \t\r\n]/y, template, start);
    const shown = isTrimmed ? text.replace(spaceBefore, "") : text;
    if (shown !== "") parts.push(shown);
    if (start === -1) return parts;
    const inner = start + (isTrimmed ? 3 : 2);
    const isComment = isAt(isTrimmed ? /[ \t\r\n]\/\*/y : /\/\*/y, template, inner);
    const { action, end } = isComment ? commentAt(template, inner) : actionAt(template, inner);
    if (action !== undefined) parts.push(action);
    at = template.endsWith("-}}", end) ? behindSpace(template, end) : end;
  }
}

function isAt(pattern: RegExp, template: string, at: number): boolean {
  pattern.lastIndex = at;
  return at !== -1 && pattern.test(template);
}

function behindSpace(template: string, at: number): number {
  spaceBehind.lastIndex = at;
  spaceBehind.test(template);
  return spaceBehind.lastIndex;
}

function commentAt(template: string, from: number): { readonly action?: undefined; readonly end: number } {
  const start = template.indexOf("/*", from) + 2;
  const close = template.indexOf("*/", start);
  const end = /(?:[ \t\r\n]-)?\}\}/y;
  if (close === -1) throw new TemplateError("unclosed comment");
  end.lastIndex = close + 2;
  if (!end.test(template)) throw new TemplateError("comment ends before closing delimiter");
  return { end: end.lastIndex };
}

function actionAt(template: string, from: number): { readonly action: Action; readonly end: number } {
  const action: Token[] = [];
  const close = /(?:[ \t\r\n]-)?\}\}/y;
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
    return {
      kind,
      text: kind === "field" || kind === "variable" ? text.slice(1) : text,
      ...(kind === "string" && { value: textOf(text) }),
      ...(kind === "constant" && { value: constantOf(text) }),
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
