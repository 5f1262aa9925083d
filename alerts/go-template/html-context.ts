import { TemplateError } from "./template-error";

/** Where in a page a template's text ends: what a value there may hold depends on it. */
export interface HtmlContext {
  readonly state:
    | "text"
    | "comment"
    | "rcdata"
    | "css"
    | "cssComment"
    | "tag"
    | "attributeName"
    | "afterName"
    | "beforeValue"
    | "value";
  /** Whose content is no HTML. */
  readonly element?: "style" | "title" | "textarea";
  readonly attribute?: "plain" | "url" | "style";
  /** What ends the value; "" without quotation marks. */
  readonly quote?: '"' | "'" | "";
  /** How far an address is written; unknown where branches differ. */
  readonly url?: "start" | "path" | "query" | "unknown";
}

/** Where a page begins. */
export const atStart: HtmlContext = { state: "text" };

/** A text of a template in a page: what is written of it, and where it ends. */
export interface ReadText {
  readonly written: string;
  readonly context: HtmlContext;
}

/** A step through a text. */
interface Step {
  /** How many characters it goes on. */
  readonly length: number;
  readonly next: HtmlContext;
  /** What is written of these. Default: they themselves. */
  readonly written?: string;
}

/**
 * Reads a text from a place on, as html/template does: comments are left out, and a `<` that begins nothing is written
 * as an entity.
 * @throws TemplateError for scripts and for what is no HTML
 */
export function readHtml(text: string, from: HtmlContext): ReadText {
  let context = from;
  const written: string[] = [];
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const { length, next, written: own = rest.slice(0, length) } = step(rest, context);
    written.push(own);
    at += length;
    context = next;
  }
  return { written: written.join(""), context };
}

function step(text: string, context: HtmlContext): Step {
  switch (context.state) {
    case "text":
      return inText(text, context);
    case "comment":
      return until(text, "-->", context, atStart);
    case "cssComment":
      return until(text, "*/", context, { ...context, state: "css" });
    case "rcdata":
    case "css":
      return inElement(text, context);
    case "tag":
      return inTag(text, context);
    case "attributeName":
    case "afterName":
      return afterName(text, context);
    case "beforeValue":
      return beforeValue(text, context);
    case "value":
      return inValue(text, context);
  }
}

/** A comment up to its end, of which nothing is written. */
function until(text: string, mark: string, context: HtmlContext, next: HtmlContext): Step {
  const end = text.indexOf(mark);
  if (end === -1) return { length: text.length, next: context, written: "" };
  return { length: end + mark.length, next, written: "" };
}

const notTag = /<(?!!doctype)/gi;

function inText(text: string, context: HtmlContext): Step {
  const found = /<!--|<\/?([a-zA-Z](?:[a-zA-Z0-9]|[:-](?=[a-zA-Z0-9]))*)/.exec(text);
  const before = (end: number) => text.slice(0, end).replace(notTag, "&lt;");
  if (!found) return { length: text.length, next: context, written: before(text.length) };
  const { 0: start, 1: name, index } = found;
  const length = index + start.length;
  if (name === undefined) return { length, next: { state: "comment" }, written: before(index) };
  const element = start.startsWith("</") ? "" : name.toLowerCase();
  if (element === "script") throw new TemplateError("a page with a script is not rendered here");
  const isOther = element === "style" || element === "title" || element === "textarea";
  return {
    length,
    next: { state: "tag", ...(isOther && { element }) },
    written: before(index) + start,
  };
}

/** Content of an element that holds no HTML, up to its end. */
function inElement(text: string, context: HtmlContext): Step {
  const { element = "title", state } = context;
  const end = new RegExp(`</${element}(?=[> \\t\\n\\f/])`, "i").exec(text)?.index ?? text.length;
  if (end === 0) return { length: 0, next: atStart };
  const inner = text.slice(0, end);
  if (state === "rcdata") return { length: end, next: context, written: inner.replaceAll("<", "&lt;") };
  const comment = inner.indexOf("/*");
  if (comment === -1) return { length: end, next: context };
  return {
    length: comment + 2,
    next: { ...context, state: "cssComment" },
    written: `${inner.slice(0, comment)} `,
  };
}

function inTag(text: string, context: HtmlContext): Step {
  const space = /^[ \t\n\f\r]*/.exec(text)?.[0].length ?? 0;
  if (space === text.length) return { length: space, next: context };
  if (text[space] === ">") {
    const { element } = context;
    if (element === undefined) return { length: space + 1, next: atStart };
    return { length: space + 1, next: { state: element === "style" ? "css" : "rcdata", element } };
  }
  const name = /^[^ \t\n\f\r=>]+/.exec(text.slice(space))?.[0] ?? "";
  if (name === "" || /['"<]/.test(name))
    throw new TemplateError(
      `expected space, attr name, or end of tag, but got ${JSON.stringify(text.slice(space))}`,
    );
  const length = space + name.length;
  const isWhole = length < text.length;
  return {
    length,
    next: {
      ...context,
      state: isWhole ? "afterName" : "attributeName",
      attribute: kindOf(name.toLowerCase()),
    },
  };
}

const urls =
  /^(?:action|archive|background|cite|classid|codebase|data|formaction|href|icon|longdesc|manifest|poster|profile|src|usemap|xmlns)$|src|uri|url/;

function kindOf(attribute: string): HtmlContext["attribute"] {
  if (attribute.startsWith("xmlns:")) return "url";
  const name = attribute.replace(/^data-|^[^:]*:/, "");
  if (name.startsWith("on") || name === "srcset" || name === "srcdoc")
    throw new TemplateError(`a page with the attribute ${attribute} is not rendered here`);
  if (name === "style") return "style";
  return urls.test(name) ? "url" : "plain";
}

function afterName(text: string, context: HtmlContext): Step {
  if (context.state === "attributeName") {
    const rest = /^[^ \t\n\f\r=>]*/.exec(text)?.[0].length ?? 0;
    return { length: rest, next: rest === text.length ? context : { ...context, state: "afterName" } };
  }
  const space = /^[ \t\n\f\r]*/.exec(text)?.[0].length ?? 0;
  if (space === text.length) return { length: space, next: context };
  if (text[space] !== "=") return { length: space, next: { ...context, state: "tag" } };
  return { length: space + 1, next: { ...context, state: "beforeValue" } };
}

function beforeValue(text: string, context: HtmlContext): Step {
  const space = /^[ \t\n\f\r]*/.exec(text)?.[0].length ?? 0;
  if (space === text.length) return { length: space, next: context };
  const mark = text[space];
  const quote = mark === '"' || mark === "'" ? mark : "";
  return { length: space + quote.length, next: opened(context, quote) };
}

/** The beginning of a value. */
export function opened(context: HtmlContext, quote: HtmlContext["quote"]): HtmlContext {
  return { ...context, state: "value", quote, ...(context.attribute === "url" && { url: "start" }) };
}

function inValue(text: string, context: HtmlContext): Step {
  const { element, quote = "" } = context;
  const end = quote === "" ? text.search(/[ \t\n\f\r>]/) : text.indexOf(quote);
  const inner = end === -1 ? text : text.slice(0, end);
  if (quote === "" && /["'<=`]/.test(inner))
    throw new TemplateError(`${JSON.stringify(inner)} in unquoted attr`);
  const url = reached(inner, context);
  if (end === -1) return { length: text.length, next: { ...context, ...(url && { url }) } };
  return { length: end + quote.length, next: { state: "tag", ...(element && { element }) } };
}

function reached(text: string, { url }: HtmlContext): HtmlContext["url"] {
  if (url === undefined) return undefined;
  if (/[#?]/.test(text)) return "query";
  return url === "start" && text.trim() !== "" ? "path" : url;
}
