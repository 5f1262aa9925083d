import { z } from "zod";
import { emailAddress, hostAndPort, list, text } from "../../schema/primitives";
import { template } from "../notifications/template-file";
import { receiverKind, receiverName } from "./receiver";

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
  render: ({ to, from, smarthost, username, verifyCertificate }, secretPath) => ({
    send_resolved: true,
    to: to.join(", "),
    from,
    smarthost,
    auth_username: username ?? from,
    auth_password_file: secretPath,
    require_tls: true,
    ...(!verifyCertificate && { tls_config: { insecure_skip_verify: true } }),
    headers: { Subject: template("notification.title") },
    html: template("notification.mail.html"),
    text: template("notification.mail.text"),
  }),
});
