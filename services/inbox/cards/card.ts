import { createHash } from "node:crypto";
import type { Labels, Subject } from "./subject";

/** What all messages of one alert (a group of Alertmanager) have in common; the page shows them as one card. */
export class Card {
  private readonly groupKeys = new Set<string>();
  private readonly names = new Set<string>();
  private groupLabels: string | undefined;
  private severity: string | undefined;

  /** @param id unique among the cards, and the same for the same alert after a restart */
  private constructor(readonly id: string) {}

  /**
   * The card of a message: the newest that its subject is of, or a new one, whose id is the message's where the message
   * names nothing.
   * @param cards from the oldest to the newest
   */
  static of(subject: Subject, cards: readonly Card[], messageId: string): Card {
    const found = [...cards].reverse().find((card) => card.isOf(subject));
    const card = found ?? new Card(idOf(subject) ?? messageId);
    card.learn(subject);
    return card;
  }

  /**
   * Whether a message is of this alert. The key of the group alone is enough. Else neither severity nor labels may
   * differ where both are known: routes of one severity have other keys than those of another, and an alert that
   * several routes take has several. Where one of both lacks the labels, the name decides.
   */
  private isOf({ groupKey, groupLabels, severity, names }: Subject): boolean {
    if (groupKey !== undefined && this.groupKeys.has(groupKey)) return true;
    if (this.severity !== undefined && severity !== undefined && this.severity !== severity) return false;
    if (this.groupLabels !== undefined && groupLabels) return this.groupLabels === canonical(groupLabels);
    return names.some((name) => name !== "" && this.names.has(name));
  }

  private learn({ groupKey, groupLabels, severity, names }: Subject): void {
    if (groupKey !== undefined) this.groupKeys.add(groupKey);
    if (groupLabels) this.groupLabels ??= canonical(groupLabels);
    this.severity ??= severity;
    for (const name of names) this.names.add(name);
  }
}

function canonical(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function idOf({ groupLabels, names: [name = ""], severity = "" }: Subject): string | undefined {
  if (!groupLabels && name === "") return undefined;
  const what = groupLabels ? canonical(groupLabels) : name;
  return createHash("sha256").update(`${severity}\0${what}`).digest("hex").slice(0, 12);
}
