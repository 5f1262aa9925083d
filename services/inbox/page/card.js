// One alert: the messages of one card, and what they say together.

/** Most messages of a card that are listed. */
export const maxListed = 50;

const linkOrder = ["Runbook", "Dashboard", "Silence", "Source"];

export class Card {
  /** From the oldest to the newest. */
  entries = [];

  constructor(id) {
    this.id = id;
  }

  add(entry) {
    this.entries.push(entry);
    this.facts = undefined;
  }

  /** What its messages say together; the newest counts. */
  get now() {
    this.facts ??= factsOf(this.entries);
    return this.facts;
  }
}

function factsOf(entries) {
  const newestFirst = entries.toReversed();
  const newest = newestFirst[0];
  const known = newestFirst.filter(({ status }) => status !== "unknown");
  const status = known[0]?.status ?? "unknown";
  // The messages since it has been as it is, and those of the time before.
  const end = known.findIndex((each) => each.status !== status);
  const current = end < 0 ? known : known.slice(0, end);
  const changed = current.at(-1) ?? newest;
  const first = (wanted) => newestFirst.map(wanted).find((each) => each !== undefined && each !== "");
  const detailed = newestFirst.find(({ alerts }) => alerts.length > 0);
  const alerts = detailed?.alerts ?? [];
  const labels = Object.assign({}, ...entries.map((each) => each.labels));
  const times = (name) => alerts.map((each) => Date.parse(each[name])).filter((each) => each > 0);
  const received = Date.parse(changed.receivedAt);
  const since = Math.min(...times("since"));
  const resolved = Math.max(...times("resolved"));
  const severity = first((each) => each.severity);
  return {
    status,
    severity,
    // Nobody has to act on it: it tells that the way of the messages works.
    isQuiet: severity === "none",
    name: first((each) => each.name) ?? first((each) => each.title) ?? "(no title)",
    service: labels.service ?? "",
    labels,
    alerts,
    more: detailed?.more ?? 0,
    text: first((each) => each.text) ?? "",
    links: linksOf(newestFirst),
    receivers: [...new Set(entries.map(({ receiver }) => receiver))].sort(),
    /** Id of the message by which it became what it is. */
    changedBy: changed.id,
    /** When it began to fire, or was resolved, or came. */
    at:
      status === "resolved" && resolved > 0
        ? resolved
        : status === "firing" && since < Infinity
          ? since
          : received,
    since: since < Infinity ? since : undefined,
    changedAt: received,
    heardAt: Date.parse(newest.receivedAt),
  };
}

function linksOf(newestFirst) {
  const byWords = new Map();
  for (const { words, href } of newestFirst.flatMap(({ links }) => links)) {
    if (!byWords.has(words)) byWords.set(words, href);
  }
  const rank = (words) => (linkOrder.includes(words) ? linkOrder.indexOf(words) : linkOrder.length);
  return [...byWords].map(([words, href]) => ({ words, href })).sort((a, b) => rank(a.words) - rank(b.words));
}
