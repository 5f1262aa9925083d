import type { Links } from "../links";
import { objectsIn, textIn } from "../json";
import { element, facts, plain, type FormContext, type Piece } from "./piece";

type Fields = Readonly<Record<string, unknown>>;

/** A mail with its head; its HTML is a page of its own in a frame that can do nothing. */
export function emailForm(mail: Fields, { id }: FormContext): Piece[] {
  const listed = (value: unknown) => (Array.isArray(value) ? value.map(textIn).join(", ") : "");
  const subject = textIn(mail.subject);
  const attachments = objectsIn(mail.attachments).map(({ filename }) => textIn(filename) || "without a name");
  const body: Piece =
    htmlOf(mail) === ""
      ? plain("pre", textIn(mail.text))
      : { is: "iframe", href: `messages/${id}/mail`, label: `Mail: ${subject}`, children: [] };
  return [
    element(
      "div",
      "email",
      ...facts([
        ["From", textIn(mail.from)],
        ["To", listed(mail.to)],
        ["Cc", listed(mail.cc)],
        ["Subject", subject],
        ["Date", textIn(mail.date)],
        ["Attachments", attachments.join(", ")],
      ]),
      body,
    ),
  ];
}

/** The HTML of a mail; empty where it has none. */
export function htmlOf(mail: unknown): string {
  return textIn(objectsIn([mail])[0]?.html);
}

/** Nothing runs, nothing is loaded; links open a page of their own. */
export const mailHeaders = {
  "content-security-policy": [
    "sandbox allow-popups allow-popups-to-escape-sandbox",
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
} as const;

/** The HTML of a mail as it is shown in its frame: links open outside of it, and those that lead nowhere are away. */
export function mailPage(html: string, { unserved }: Links): string {
  const hidden = unserved.flatMap(({ href }) => {
    const base = cssString(href.replace(/\/+$/, ""));
    return [`a[href="${base}"]`, ...["/", "?", "#"].map((next) => `a[href^="${base}${next}"]`)];
  });
  const style = hidden.length === 0 ? "" : `<style>${hidden.join(",")}{display:none}</style>`;
  // After the mail: a document type must stay the first, and the last style counts.
  return `${html}<base target="_blank">${style}`;
}

/** A URL within quotes of a style sheet that is within HTML. */
function cssString(url: string): string {
  return url.replace(/[^\w:/.%-]/g, (character) => `\\${character.codePointAt(0)?.toString(16) ?? ""} `);
}
