import { simpleParser, type ParsedMail } from "mailparser";
import { plainMarkup, readNotification } from "../cards/notification-text";
import { emailForm, htmlOf } from "../forms/email";
import type { Content } from "../message";
import { statusOfTitle } from "../status";
import type { Kind } from "./kind";

/** Mail, which comes by SMTP: see `mail-server.ts`. */
export const email: Kind = {
  label: "mail",
  subjectOf: ({ title, text }) => readNotification(title, text, plainMarkup),
  form: emailForm,
  htmlOf,
};

/** Reads a mail (RFC 5322). @throws Error where it cannot be read */
export async function readMail(source: Buffer): Promise<Content> {
  const mail = await simpleParser(source, { skipImageLinks: true, skipTextToHtml: true });
  const title = mail.subject ?? "";
  return { status: statusOfTitle(title), title, text: mail.text?.trim() ?? "", payload: payloadOf(mail) };
}

function payloadOf(mail: ParsedMail) {
  const { subject, from, to, cc, date, messageId, html, text } = mail;
  return {
    subject,
    from: from?.text,
    to: addressesOf(to),
    cc: addressesOf(cc),
    date: date && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined,
    messageId,
    text,
    html: html === false ? undefined : html,
    attachments: mail.attachments.map(({ filename, contentType, size }) => ({ filename, contentType, size })),
  };
}

function addressesOf(field: ParsedMail["to"]): readonly string[] {
  return [field ?? []].flat().map(({ text }) => text);
}
