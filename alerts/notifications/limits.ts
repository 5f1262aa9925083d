/**
 * How long the parts of every notification may get; what one kind of receiver takes at most is said in its own file.
 * Services count characters, UTF-16 units or bytes: what is counted here is bytes, of which there are never fewer, so that
 * a text within its limit is within the service's by any count.
 */
export const limits = {
  /** Runes of a title; at most twice as many characters once escaped. Discord takes 256 characters. */
  title: 120,
  /** Bytes of a link; a longer one is left out, as a link that is cut leads nowhere. */
  link: 400,
  /** Runes of an alert's fields. */
  alertname: 100,
  summary: 200,
  description: 400,
  labels: 200,
} as const;
