/**
 * How long the parts of a notification may get. Services count characters, UTF-16 units or bytes: what is counted here
 * is bytes, of which there are never fewer, so that a text within its limit is within the service's by any count.
 */
export const limits = {
  /** Runes of a title; at most twice as many characters once escaped. Discord takes 256 characters. */
  title: 120,
  /**
   * Bytes of a chat message: Discord takes 4096 characters, and Teams 28 KB of JSON, in which a character may take six
   * bytes.
   */
  chat: 4000,
  /** Bytes of the plain text of a mail. */
  mail: 20_000,
  /** Bytes of each list of alerts in a page: PagerDuty takes 512 KB of JSON. */
  page: 8000,
  /** Runes of a page's summary; PagerDuty takes 1024 characters. */
  pageSummary: 500,
  /** Alerts that the HTML of a mail lists. Gmail hides what is beyond 102 KB. */
  mailAlerts: 20,
  /** Alerts in the JSON of a generic webhook; it says how many were left out. */
  webhookAlerts: 100,
  /** Bytes of a link; a longer one is left out, as a link that is cut leads nowhere. */
  link: 400,
  /** Runes of an alert's fields. */
  alertname: 100,
  summary: 200,
  description: 400,
  labels: 200,
} as const;
