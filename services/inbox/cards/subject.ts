/** Names and values of labels. */
export type Labels = Readonly<Record<string, string>>;

/** A link of a message, with the words that it has there, such as `Runbook`. */
export interface Link {
  readonly words: string;
  readonly url: string;
}

/** One of the alerts that a message tells of. */
export interface AlertFacts {
  readonly status: "firing" | "resolved";
  readonly summary: string;
  readonly description?: string;
  /** RFC 3339. */
  readonly since?: string;
  /** RFC 3339; none while it fires. */
  readonly resolved?: string;
  /** The labels in which it differs from the others of the message, as text. */
  readonly labels?: string;
}

/** What a message is about, as far as it says so. */
export interface Subject {
  /** SHA-256 of Alertmanager's key of the group, in hexadecimal: PagerDuty is sent this, a webhook the key. */
  readonly groupKey?: string;
  /** The labels by which Alertmanager grouped the alerts. */
  readonly groupLabels?: Labels;
  /** All labels that the alerts have in common, as far as they are known. */
  readonly labels: Labels;
  /** What titles call the group, without its status; the first is for people. Several, as templates differ. */
  readonly names: readonly string[];
  /** None where the message does not say it, or the alerts differ in it. */
  readonly severity?: string;
  readonly alerts: readonly AlertFacts[];
  /** How many alerts there are more. */
  readonly more: number;
  readonly links: readonly Link[];
}

/** Most characters of a title that are read. */
const maxTitle = 1_000;

/** A title or subject without the status before it and the further labels after it. */
export function nameOfTitle(title: string): string {
  return title
    .slice(0, maxTitle)
    .replace(/^\s*\[(?:firing|resolved)(?:: ?\d+)?\]\s*/i, "")
    .replace(/\s*\([^()]*\)\s*$/, "")
    .trim();
}

/** What a message is about of which nothing but the title can be read. */
export function titleAlone(title: string): Subject {
  return { labels: {}, names: [nameOfTitle(title)], alerts: [], more: 0, links: [] };
}
