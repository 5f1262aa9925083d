import { z } from "zod";
import { emailAddress, hostAndPort, list, text } from "../../schema/primitives";
import { asciiTitle } from "../managed/ascii-title";
import { mailHtml } from "../notifications/mail-html";
import { plainText } from "../notifications/message";
import { messageText } from "../notifications/message-text";
import { sharedTemplate } from "../notifications/shared-templates";
import { useOf } from "../notifications/template";
import { receiverKind, receiverName } from "./receiver";

/** The most that a mail holds. */
export const mailLimits = {
  /** Bytes of its plain text. */
  text: 20_000,
  /** Alerts that its HTML lists. Gmail hides what is beyond 102 KB. */
  alerts: 20,
} as const;

const templates = {
  "notification.mail.text": messageText(plainText, mailLimits.text),
  "notification.mail.html": mailHtml(mailLimits.alerts),
};
const template = useOf(templates);

/** People with a mailbox, by a mail server. */
export const email = receiverKind({
  schema: z.strictObject({
    kind: z.literal("email"),
    name: receiverName,
    /** Recipients. */
    to: list(emailAddress, 1, 50),
    /** Sender. */
    from: emailAddress,
    /** Mail server, host and port. Default `smtp.gmail.com:587`; TLS is always asked for. */
    smarthost: hostAndPort.default("smtp.gmail.com:587"),
    /** User at the mail server. Default: the sender. */
    username: text(/^[\x21-\x7e]{1,255}$/, "a user's name of 1 to 255 characters without spaces").optional(),
    /**
     * Whether the mail server must prove its name. Default true; false only for the inbox, which makes its own
     * certificate.
     */
    verifyCertificate: z.boolean().default(true),
  }),
  key: "email_configs",
  secret: { suffix: "auth_password", words: "password at the mail server", atInbox: () => "inbox" },
  templates,
  render: ({ to, from, smarthost, username, verifyCertificate }, secretPath) => ({
    send_resolved: true,
    to: to.join(", "),
    from,
    smarthost,
    auth_username: username ?? from,
    auth_password_file: secretPath,
    require_tls: true,
    ...(!verifyCertificate && { tls_config: { insecure_skip_verify: true } }),
    headers: { Subject: sharedTemplate("notification.title") },
    html: template("notification.mail.html"),
    text: template("notification.mail.text"),
  }),
  managed: {
    way: "topic",
    templates: (silence) => ({
      "notification.mail.subject": asciiTitle(),
      "notification.mail.text": messageText(plainText, mailLimits.text, { silence }),
    }),
    subject: `{{ template "notification.mail.subject" . }}`,
    message: template("notification.mail.text"),
    sendResolved: true,
    readers: ({ to }) => ({ kind: "mail", addresses: to }),
  },
  example: { kind: "email", name: "email-ops", to: ["ops@example.com"], from: "alerts@example.com" },
  words: {
    what: "mailboxes, by a mail server with TLS; HTML and plain text",
    most: `${String(mailLimits.alerts)} alerts in HTML, ${String(mailLimits.text)} bytes of text`,
    setUp: "have an account at the mail server; Gmail wants an app password",
  },
});
