import { z } from "zod";
import { dashedName, emailAddress, hostAndPort, list, text } from "./primitives";

/** Name of a receiver. */
export const receiverName = dashedName(40);

/**
 * Somebody who is told of alerts. What must be secret (a webhook's URL, a key, a password) is not here: each receiver
 * has a sensitive Terraform variable named after it.
 */
export const receiverSchema = z.discriminatedUnion("kind", [
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
    /** User at the mail server. Default: the sender. */
    username: text(/^[\x21-\x7e]{1,255}$/, "a user's name of 1 to 255 characters without spaces").optional(),
    /**
     * Whether the mail server must prove its name. Default true; false only for the inbox, which makes its own
     * certificate.
     */
    verifyCertificate: z.boolean().default(true),
  }),
  z.strictObject({ kind: z.literal("pagerduty"), name: receiverName }),
  z.strictObject({ kind: z.literal("msteams"), name: receiverName }),
  /** A program of one's own that takes Alertmanager's JSON. */
  z.strictObject({ kind: z.literal("webhook"), name: receiverName }),
  /** A service that raises an alarm when it hears nothing any more: it gets the Watchdog, and nothing else. */
  z.strictObject({ kind: z.literal("heartbeat"), name: receiverName }),
]);
