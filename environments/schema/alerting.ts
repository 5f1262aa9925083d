import { z } from "zod";
import { limitsSchema } from "./containers";
import { dashedName, duration, emailAddress, hostAndPort, httpUrl, list, port, text } from "./primitives";

const receiverName = dashedName(40);

/**
 * Somebody who is told of alerts. What must be secret (a webhook's URL, a password) is not here: each receiver has a
 * sensitive Terraform variable named after it.
 */
const receiver = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("slack"),
    name: receiverName,
    /** Channel with its `#`, or a person with an `@`. */
    channel: text(/^[#@][\p{Ll}\p{Lo}\p{N}._-]{1,80}$/u, `a channel such as "#alerts-critical"`),
  }),
  z.strictObject({ kind: z.literal("discord"), name: receiverName }),
  z.strictObject({
    kind: z.literal("email"),
    name: receiverName,
    /** Recipients. */
    to: list(emailAddress, 1, 50),
    /** Sender. */
    from: emailAddress,
    /** Mail server, host and port. Default `smtp.gmail.com:587`; TLS is always asked for. */
    smarthost: hostAndPort.default("smtp.gmail.com:587"),
    /**
     * Whether the mail server must prove its name. Default true; false only for the inbox, which makes its own
     * certificate.
     */
    verifyCertificate: z.boolean().default(true),
    /** User at the mail server. Default: the sender. */
    username: text(/^[\x21-\x7e]{1,255}$/, "a user's name of 1 to 255 characters without spaces").optional(),
  }),
]);

const route = z.strictObject({
  /** Severity of the alerts that take this route. */
  severity: z.enum(["critical", "warning", "info"]),
  /** Names of all receivers that get them. */
  receivers: list(receiverName, 1, 10),
  /** How long to wait for more alerts of the same group before the first message. Default `30s`. */
  groupWait: duration("0s", "1h").default("30s"),
  /** How long until a changed group is sent again. Default `5m`. */
  groupInterval: duration("1s", "1d").default("5m"),
  /** How long until an unchanged group is sent again. Default `4h`. */
  repeatInterval: duration("1m", "30d").default("4h"),
});

/** Alertmanager: whom it tells, of what, when. */
export const alertingSchema = z.strictObject({
  /** URL at which people reach Alertmanager: links in notifications start with it. */
  url: httpUrl,
  /** Port of the host at which Alertmanager is published. Default 9093. */
  hostPort: port.default(9093),
  /** Default 256 MiB and 0.5 CPU. */
  limits: limitsSchema.default({ memoryMb: 256, cpus: 0.5 }),
  receivers: list(receiver, 1, 50),
  /** Receiver of alerts that no route takes. */
  defaultReceiver: receiverName,
  /** Routes, at most one a severity. */
  routes: list(route, 0, 3),
});
