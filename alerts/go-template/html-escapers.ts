import type { Escaper } from "./nodes";
import { sprint } from "./format";
import { MarkedText, type GoValue } from "./values";

const codes: Readonly<Record<string, string>> = {
  "\0": "\ufffd",
  '"': "&#34;",
  "&": "&amp;",
  "'": "&#39;",
  "+": "&#43;",
  "<": "&lt;",
  ">": "&gt;",
};
const moreCodes: Readonly<Record<string, string>> = {
  ...codes,
  "\0": "&#xfffd;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\v": "&#11;",
  "\f": "&#12;",
  "\r": "&#13;",
  " ": "&#32;",
  "=": "&#61;",
  "`": "&#96;",
};

/** What html/template writes in the place of what it does not let through. */
export const refused = "ZgotmplZ";

/** A value as it is written into a page, by what its place asks for. */
export function escape(value: GoValue, escapers: readonly Escaper[]): string {
  const [first, ...others] = escapers;
  if (first === undefined) return textOf(value);
  return others.reduce(
    (text, escaper) => escaped(text, escaper, undefined),
    escaped(textOf(value), first, value instanceof MarkedText ? value.kind : undefined),
  );
}

function textOf(value: GoValue): string {
  if (value instanceof MarkedText) return value.content;
  return value === undefined || value === null ? "" : sprint(value);
}

function escaped(text: string, escaper: Escaper, marked: MarkedText["kind"] | undefined): string {
  switch (escaper) {
    case "html":
      return marked === "html" ? text : text.replace(/["&'+<>]|\0/g, (each) => codes[each] ?? each);
    case "attribute": {
      const plain = marked === "html" ? withoutTags(text) : text;
      return plain.replace(marked === "html" ? /["'+<>]|\0/g : /["&'+<>]|\0/g, (each) => codes[each] ?? each);
    }
    case "unquoted":
      return unquoted(marked === "html" ? withoutTags(text) : text, marked === "html");
    case "urlFilter":
      return marked === "url" || isSafeUrl(text) ? text : `#${refused}`;
    case "urlNormalizer":
      return urlEscaped(text, true);
    case "url":
      return urlEscaped(text, marked === "url");
    case "nothing":
      return "";
  }
}

function withoutTags(html: string): string {
  return html.replace(/<!--[\s\S]*?-->|<\/?[a-zA-Z][^>]*>/g, "");
}

function unquoted(text: string, keepsEntities: boolean): string {
  if (text === "") return refused;
  return text.replace(/["&'+<>\t\n\v\f\r =`\ufdd0-\ufdef\ufff0-\uffff]|\0/g, (each) => {
    if (each === "&" && keepsEntities) return each;
    return moreCodes[each] ?? `&#x${each.charCodeAt(0).toString(16)};`;
  });
}

/** An address without a scheme, or with one that runs nothing. */
function isSafeUrl(text: string): boolean {
  const [scheme = "", ...rest] = text.split(":");
  if (rest.length === 0 || scheme.includes("/")) return true;
  return /^(?:https?|mailto)$/i.test(scheme);
}

/** @param isNormalized whether what separates the parts of an address, and what is escaped already, stays */
function urlEscaped(text: string, isNormalized: boolean): string {
  const kept = isNormalized ? /^[\w\-.~!#$&*+,/:;=?@[\]]$/ : /^[\w\-.~]$/;
  return text.replace(/%[0-9a-fA-F]{2}|[\s\S]/gu, (each) => {
    if (each.length === 3 && each.startsWith("%") && isNormalized) return each;
    return Array.from(each, (character) =>
      kept.test(character)
        ? character
        : [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
    ).join("");
  });
}
