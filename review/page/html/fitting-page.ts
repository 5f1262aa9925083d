import { isMade, type Review } from "../data/review";
import type { AlertsPart, MessageText, ShownMessage } from "../data/alerts";
import type { LooksPart } from "../data/looks";
import { clip, count } from "../words";
import { verdictsOf } from "../verdicts";
import { pageOf } from "./page";

/** Bytes: what is attached and opened without a thought. */
export const pageLimit = 5_000_000;

/** What is left out of a page that is too large. */
interface Shedding {
  readonly what: string;
  readonly apply: (review: Review) => Review;
}

/** How many rows a list keeps at last. */
const mostRows = 300;
const mostCharacters = 500;

/** In this order, each added to those before it, until the page is small enough. */
const sheddings: readonly Shedding[] = [
  { what: "messages as their receivers show them: their texts are here", apply: withMessages(withoutForm) },
  { what: "timelines of alerts whose rule stays the same", apply: inAlerts(withTimelines(changedOnly)) },
  { what: "pictures of dashboards after the first five", apply: inLooks(withPictures(5)) },
  { what: "all timelines but the worst of each alert", apply: inAlerts(withTimelines(worstOnly)) },
  { what: "all pictures but those of the first dashboard", apply: inLooks(withPictures(1)) },
  {
    what: `texts of more than ${count(mostCharacters)} characters, and of each list all after the first ${count(mostRows)}`,
    apply: (review) => shortened(review, mostRows, mostCharacters),
  },
  { what: "all pictures", apply: inLooks(withPictures(0)) },
  { what: "all timelines", apply: inAlerts(withTimelines(() => [])) },
  {
    what: "texts of more than 100 characters, and of each list all after the first 50",
    apply: (review) => shortened(review, 50, 100),
  },
];

/** A page, and what it has not for its size. */
export interface FittingPage {
  readonly html: string;
  /** A few words each. */
  readonly leftOut: readonly string[];
}

/**
 * The page of a review, below a size.
 * @param limit bytes. Default: 5,000,000
 * @throws Error where it is larger with everything left out that can be
 */
export function fittingPageOf(review: Review, limit = pageLimit): FittingPage {
  const leftOut: string[] = [];
  // Of all of it, whatever is left out.
  const verdicts = verdictsOf(review);
  let kept = review;
  let html = pageOf(kept, leftOut, verdicts);
  for (const { what, apply } of sheddings) {
    if (Buffer.byteLength(html) < limit) return { html, leftOut };
    const next = apply(kept);
    // What there is none of is not told as left out.
    if (JSON.stringify(next).length === JSON.stringify(kept).length) continue;
    kept = next;
    leftOut.push(what);
    html = pageOf(kept, leftOut, verdicts);
  }
  if (Buffer.byteLength(html) < limit) return { html, leftOut };
  throw new Error(
    `The page has ${count(Buffer.byteLength(html))} bytes with all left out that can be; allowed: less than ${count(limit)}.`,
  );
}

type Change = (review: Review) => Review;

function inAlerts(change: (part: AlertsPart) => AlertsPart): Change {
  return (review) => (isMade(review.alerts) ? { ...review, alerts: change(review.alerts) } : review);
}

function inLooks(change: (part: LooksPart) => LooksPart): Change {
  return (review) => (isMade(review.looks) ? { ...review, looks: change(review.looks) } : review);
}

function withMessages(change: (message: MessageText) => MessageText): Change {
  const both = (message: ShownMessage): ShownMessage => ({
    ...message,
    before: message.before && change(message.before),
    after: message.after && change(message.after),
  });
  return (review) =>
    inLooks((part) => ({ ...part, messages: part.messages.map(both) }))(
      inAlerts((part) => ({ ...part, messages: part.messages.map(both) }))(review),
    );
}

function withoutForm({ title, text, time }: MessageText): MessageText {
  return time === undefined ? { title, text } : { time, title, text };
}

type Alert = AlertsPart["alerts"][number];

function withTimelines(keep: (alert: Alert) => Alert["timelines"]): (part: AlertsPart) => AlertsPart {
  return (part) => ({ ...part, alerts: part.alerts.map((alert) => ({ ...alert, timelines: keep(alert) })) });
}

function changedOnly({ change, timelines }: Alert): Alert["timelines"] {
  return change === "same" ? [] : timelines;
}

function worstOnly({ timelines }: Alert): Alert["timelines"] {
  return timelines.slice(0, 1);
}

function withPictures(most: number): (part: LooksPart) => LooksPart {
  return (part) => {
    const pictured = part.dashboards.filter(({ before, after }) => before ?? after).slice(0, most);
    return {
      ...part,
      dashboards: part.dashboards.map((dashboard) => {
        const { uid, title, change, panels } = dashboard;
        return pictured.includes(dashboard) ? dashboard : { uid, title, change, panels };
      }),
    };
  };
}

/** Their parts belong together. */
const whole: ReadonlySet<string> = new Set(["calendar", "points", "min", "max", "uri", "zone"]);

/** Each list and text of it cut. Receivers stay all, as they are summed. */
function shortened(review: Review, rows: number, characters: number): Review {
  const cut = (value: unknown, key: string): unknown => {
    if (whole.has(key)) return value;
    if (typeof value === "string") return clip(value, characters);
    if (Array.isArray(value)) {
      const kept: readonly unknown[] = key === "receivers" ? value : value.slice(0, rows);
      return kept.map((each) => cut(each, ""));
    }
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cut(each, name)]));
  };
  return cut(review, "") as Review;
}
