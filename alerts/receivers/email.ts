import { template } from "../notifications/template-file";
import type { NamedReceiver, ReceiverKind } from "./receiver";

/** People with a mailbox, by a mail server. */
export interface EmailReceiver extends NamedReceiver {
  readonly kind: "email";
  readonly to: readonly string[];
  readonly from: string;
  /** Mail server as `host:port`. */
  readonly smarthost: string;
  /** User at the mail server. Default: the sender. */
  readonly username?: string;
  /** Whether the mail server's certificate is checked. Default true. */
  readonly verifyCertificate?: boolean;
}

export const email: ReceiverKind<EmailReceiver, object> = {
  key: "email_configs",
  secret: { suffix: "auth_password", words: "password at the mail server", atInbox: () => "inbox" },
  render: ({ to, from, smarthost, username, verifyCertificate = true }, secretPath) => ({
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
};
