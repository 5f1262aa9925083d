import { unquote } from "../../metrics/promql-analysis";
import { brokenRegex, type Matcher, type Operator } from "./matcher";

/** What a line of matchers says, or why it says nothing. */
export type ParsedMatchers = { readonly matchers: readonly Matcher[] } | { readonly problem: string };

/**
 * A line of `matchers`, such as `severity="critical"` or `{a="b",c=~"d.*"}`. Alertmanager reads it in two ways, the
 * classic one and that for UTF-8, and takes the classic one where both are possible and differ.
 */
export function parseMatchers(line: string): ParsedMatchers {
  const modern = attempt(parseModern, line);
  const classic = attempt(parseClassic, line);
  if ("problem" in modern) return classic;
  if ("problem" in classic) return modern;
  return JSON.stringify(modern) === JSON.stringify(classic) ? modern : classic;
}

class MatcherError extends Error {}

function attempt(parse: (line: string) => readonly Matcher[], line: string): ParsedMatchers {
  try {
    return { matchers: parse(line) };
  } catch (error) {
    if (!(error instanceof MatcherError)) throw error;
    return { problem: error.message };
  }
}

function made(label: string, operator: string, value: string): Matcher {
  if (operator.includes("~")) {
    const problem = brokenRegex(value);
    if (problem !== undefined)
      throw new MatcherError(`the regular expression "${value}" is broken: ${problem}`);
  }
  return { label, operator: operator as Operator, value };
}

/** Parts of a line outside quotation marks, between commas. */
function parseClassic(line: string): readonly Matcher[] {
  const inner = line.replace(/^\{/, "").replace(/\}$/, "");
  const parts: string[] = [];
  let [part, quoted, escaped] = ["", false, false];
  for (const character of inner) {
    if (character === "," && !quoted) {
      parts.push(part);
      part = "";
      continue;
    }
    if (character === '"' && !escaped) quoted = !quoted;
    escaped = character === "\\" && !escaped;
    part += character;
  }
  if (part.trim() !== "") parts.push(part);
  return parts.map(parseClassicOne);
}

function parseClassicOne(text: string): Matcher {
  const [, label = "", operator = "", raw = ""] =
    /^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(=~|=|!=|!~)\s*(.*?)\s*$/s.exec(text) ?? [];
  if (label === "") {
    throw new MatcherError(`found "${text}", allowed: a matcher such as severity="critical" or name=~"a|b"`);
  }
  const inQuotes = raw.startsWith('"');
  const [, body = "", end = ""] = inQuotes
    ? (/^"((?:[^"\\]|\\.)*?)(")$/s.exec(raw) ?? [, undefined])
    : (/^((?:[^"\\]|\\.|\\$)*)()$/s.exec(raw) ?? [, undefined]);
  if (inQuotes ? end !== '"' : !/^(?:[^"\\]|\\.|\\$)*$/s.test(raw)) {
    throw new MatcherError(`found a quotation mark where none may be in ${text.trim()}; write it as \\"`);
  }
  const value = body.replace(/\\([n"\\])/g, (_, character: string) => (character === "n" ? "\n" : character));
  return made(label, operator, value);
}

const token = /\s*(?:([{},])|(=~|!=|!~|=)|("(?:[^"\\]|\\.)*")|([^\s{}!=~,\\"'`]+))/sy;

type Token = { readonly kind: "mark" | "operator" | "text"; readonly text: string };

function tokensOf(line: string): readonly Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  const whole = line.trimEnd();
  let at = 0;
  while (at < whole.length) {
    token.lastIndex = at;
    const found = token.exec(whole);
    if (found === null)
      throw new MatcherError(`found "${whole.slice(at)}" in ${line}, which is no part of a matcher`);
    const [all, mark, operator, quoted, plain] = found;
    if (mark !== undefined) tokens.push({ kind: "mark", text: mark });
    else if (operator !== undefined) tokens.push({ kind: "operator", text: operator });
    else tokens.push({ kind: "text", text: quoted === undefined ? (plain ?? "") : unquoted(quoted) });
    at += all.length;
  }
  return tokens;
}

/** A byte of its own, which is no text in UTF-8: `\xff`, `\377`; behind any number of escaped backslashes. */
const byte = /(?<!\\)(?:\\\\)*\\(?:x[89a-f]|[23][0-7]{2})/i;

/** A text in Go's quotation marks. */
function unquoted(quoted: string): string {
  if (quoted.includes("\n")) throw new MatcherError(`found a line break within ${quoted}; write it as \\n`);
  if (byte.test(quoted)) throw new MatcherError(`found a byte that is no text in ${quoted}`);
  try {
    return unquote(quoted);
  } catch (error) {
    throw new MatcherError(`found ${(error as Error).message}, which Alertmanager does not take`);
  }
}

function parseModern(line: string): readonly Matcher[] {
  const tokens = tokensOf(line);
  const matchers: Matcher[] = [];
  let at = 0;
  const isMark = (text: string) => tokens[at]?.kind === "mark" && tokens[at]?.text === text;
  const taken = (kind: Token["kind"], what: string): string => {
    const next = tokens[at++];
    if (next?.kind !== kind)
      throw new MatcherError(`found ${next ? `"${next.text}"` : "the end"} in ${line}, allowed: ${what}`);
    return next.text;
  };
  if (tokens.length === 0) return [];
  const open = isMark("{");
  if (open) at += 1;
  while (at < tokens.length && !isMark("}")) {
    const label = taken("text", "the name of a label");
    const operator = taken("operator", "=, !=, =~ or !~");
    matchers.push(made(label, operator, taken("text", "a value")));
    if (at >= tokens.length || isMark("}")) break;
    if (!isMark(","))
      throw new MatcherError(`found "${tokens[at]?.text ?? ""}" in ${line}, allowed: a comma`);
    at += 1;
  }
  if (open !== isMark("}")) throw new MatcherError(`a brace is missing in ${line}`);
  if (open) at += 1;
  if (at < tokens.length)
    throw new MatcherError(`found "${tokens[at]?.text ?? ""}" after the end of ${line}`);
  return matchers;
}
