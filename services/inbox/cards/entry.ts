import { kindOf } from "../kinds";
import type { Message } from "../message";
import type { Links } from "../links";
import type { AlertFacts, Labels, Subject } from "./subject";

/** Most alerts of a message that the page lists. */
const maxAlerts = 20;
/** Most characters of a text in an entry. */
const maxText = 2_000;
const maxLabels = 50;

/** A link of a card. */
export interface ShownLink {
  readonly words: string;
  /** An address, or a path of the inbox. */
  readonly href: string;
}

/** What the page is told of a message. How it looks at its receiver is asked for when somebody wants to see it. */
export interface Entry extends Omit<Message, "payload"> {
  /** Id of the card. */
  readonly card: string;
  /** What people call its kind. */
  readonly kindLabel: string;
  readonly name: string;
  readonly severity?: string;
  readonly labels: Labels;
  readonly alerts: readonly AlertFacts[];
  /** How many alerts there are more. */
  readonly more: number;
  readonly links: readonly ShownLink[];
}

/** Puts together what the page is told; what is too long is cut. */
export function entryOf(
  { id, receivedAt, kind, receiver, status, title, text }: Omit<Message, "payload">,
  subject: Subject,
  card: string,
  links: Links,
): Entry {
  const { severity, labels, alerts, more, names } = subject;
  return {
    id,
    receivedAt,
    kind,
    kindLabel: kindOf(kind).label,
    receiver,
    status,
    title: cut(title),
    // What is in the alerts is not said twice.
    text: alerts.length > 0 ? "" : cut(text),
    card,
    name: cut(names[0] ?? ""),
    ...(severity !== undefined && { severity: cut(severity) }),
    labels: Object.fromEntries(
      Object.entries(labels)
        .slice(0, maxLabels)
        .map(([name, value]) => [cut(name), cut(value)]),
    ),
    alerts: alerts.slice(0, maxAlerts).map(cutAlert),
    more: more + Math.max(0, alerts.length - maxAlerts),
    links: subject.links.flatMap(({ words, url }) => {
      const href = links.hrefOf(url, labels);
      return href === undefined || words === "" ? [] : [{ words: cut(words), href }];
    }),
  };
}

function cutAlert({ status, summary, ...others }: AlertFacts): AlertFacts {
  const cutOthers: Record<string, string> = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, cut(value)]),
  );
  return { status, summary: cut(summary), ...cutOthers };
}

function cut(text: string): string {
  return text.length > maxText ? `${text.slice(0, maxText)}…` : text;
}
