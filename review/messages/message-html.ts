import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formOf } from "../../services/inbox/forms";
import { htmlOf } from "../../services/inbox/forms/email";
import type { Piece, PieceElement } from "../../services/inbox/forms/piece";
import { inboxKindOf } from "./render-message";
import type { RenderedMessage } from "./rendered";

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}

/** Elements without an end. */
const empty: readonly string[] = ["br", "hr"];

/**
 * A message as its receiver shows it: HTML within an element of the class `form`, without scripts; a mail is in a frame
 * that can do nothing. A message that no kind shows, or that is not sent, is its title and text.
 */
export function messageHtml({ notification, title, text, payload }: RenderedMessage): string {
  const kind = inboxKindOf(notification.integration);
  const pieces: readonly Piece[] =
    kind === undefined || payload === null
      ? [
          {
            is: "div",
            children: [
              { is: "p", look: "title", children: [title] },
              { is: "pre", children: [text] },
            ],
          },
        ]
      : formOf({ id: "message", kind, payload }, { hrefOf });
  return `<div class="form">${pieces.map((piece) => drawn(piece, htmlOf(payload))).join("")}</div>`;
}

/** An address of the web without credentials. */
function hrefOf(link: string): string | undefined {
  if (!/^https?:\/\//i.test(link) || !URL.canParse(link)) return undefined;
  const url = new URL(link);
  return url.username === "" && url.password === "" ? url.href : undefined;
}

function drawn(piece: Piece, mail: string): string {
  if (typeof piece === "string") return escaped(piece);
  const { is, children } = piece;
  if (is === "iframe") return frame(piece, mail);
  const start = `<${[is, ...attributesOf(piece)].join(" ")}>`;
  if (empty.includes(is)) return start;
  return `${start}${children.map((child) => drawn(child, mail)).join("")}</${is}>`;
}

function attributesOf({ is, look, href, color }: PieceElement): string[] {
  const isColor = color !== undefined && /^#[0-9a-f]{6}$/i.test(color);
  return [
    ...(look === undefined ? [] : [`class="${escaped(look)}"`]),
    ...(isColor ? [`style="--bar: ${color}"`] : []),
    ...(is === "a" && href !== undefined
      ? [`href="${escaped(href)}" target="_blank" rel="noopener noreferrer"`]
      : []),
    // It scrolls, so that the keyboard must reach it.
    ...(is === "pre" ? ['tabindex="0"'] : []),
  ];
}

/** What a mail may load and run: nothing. It stands first, and the mail's own may only narrow it. */
const policy = `<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;

function frame({ label = "" }: PieceElement, mail: string): string {
  const page = `<!doctype html>${policy}<base target="_blank">${mail}`;
  return `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="${escaped(label)}" srcdoc="${escaped(page)}"></iframe>`;
}

const styles = [
  "forms.css",
  ...["slack", "discord", "msteams", "email", "pagerduty", "webhook"].map((kind) => `forms/${kind}.css`),
];

/** The style sheet of messages. It uses the properties of the inbox's page: `messageProperties` has their values. */
export function messageStyle(): string {
  const folder = join(__dirname, "../../services/inbox/page");
  return styles.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
}
