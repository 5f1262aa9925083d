import { exactly, type Course, type Span } from "../faults/fault";
import type { Intervals, Timing } from "./intervals";

const atOnce: Course = { onset: exactly(0), outlast: exactly(0) };

/**
 * The least of a span, in milliseconds, at best: what a range looks back on is as old as the last scrape, so that it may be
 * filled, and empty, a scrape sooner.
 */
function soonest({ least }: Span, { scrape }: Intervals): number {
  return Math.max(0, least * 1_000 - scrape);
}

/** When an alert is at what stage at the earliest, if nothing takes any time but what the configuration waits for. */
export interface BestTimes {
  /** Unix milliseconds. */
  readonly pending: number;
  readonly firing: number;
}

/**
 * When an alert can be pending and fire: the next scrape after its condition holds shows it, the next evaluation after
 * that sees it, and it must hold as long as the rule says.
 * @param since when the fault began, as Unix milliseconds
 */
export function bestTimes(since: number, { intervals, phases }: Timing, course = atOnce): BestTimes {
  const pending = seenFrom(since + soonest(course.onset, intervals), { intervals, phases });
  return { pending, firing: pending + whole(intervals.holds, intervals.evaluation) };
}

/**
 * When an alert can be over.
 * @param mended when the fault was mended, as Unix milliseconds
 */
export function bestEnd(mended: number, { intervals, phases }: Timing, course = atOnce): number {
  const seen = seenFrom(mended + soonest(course.outlast, intervals), { intervals, phases });
  return seen + whole(intervals.stays, intervals.evaluation);
}

/**
 * When a receiver can be told of the end: its group is looked at again and again from the first message on.
 * @param told when it was told of the alert, as Unix milliseconds
 * @param end when the alert was over
 * @param groupInterval milliseconds between two looks
 */
export function bestResolved(told: number, end: number, groupInterval: number): number {
  return Math.max(nextAfter(end, told, groupInterval), told + groupInterval);
}

/** What can be said before a fault begins of when its alert will be where: times from the fault, in milliseconds. */
export interface Forecast {
  readonly pending: Span;
  readonly firing: Span;
  readonly message: Span;
  /** From the mending to the last message. */
  readonly resolved: Span;
}

/**
 * The forecast of a fault that begins at any time between two scrapes and evaluations.
 * @param groupWait milliseconds for which a first message waits for other alerts
 * @param groupInterval milliseconds between two messages of a group
 */
export function forecast(
  intervals: Intervals,
  groupWait: number,
  groupInterval: number,
  course = atOnce,
): Forecast {
  const { scrape, evaluation, holds, stays } = intervals;
  const noticed = scrape + evaluation;
  const span = (condition: Span, afterwards: number, spread = noticed): Span => ({
    least: soonest(condition, intervals) + afterwards,
    most: condition.most * 1_000 + afterwards + spread,
  });
  const { onset, outlast } = course;
  const held = whole(holds, evaluation);
  return {
    pending: span(onset, 0),
    firing: span(onset, held),
    message: span(onset, held + groupWait),
    resolved: span(outlast, whole(stays, evaluation), noticed + groupInterval),
  };
}

/** The evaluation that sees what the next scrape after a time shows. */
function seenFrom(time: number, { intervals, phases }: Timing): number {
  const scraped = nextAfter(time, phases.scraped, intervals.scrape);
  // Rules see a sample when the scrape has ended and is written.
  return nextAfter(scraped + phases.scrapeTakes, phases.evaluated, intervals.evaluation);
}

/** The first moment at or after a time of those that lie whole intervals from another one. */
export function nextAfter(time: number, one: number, interval: number): number {
  return one + Math.ceil((time - one) / interval) * interval;
}

/** A time in whole intervals. */
function whole(time: number, interval: number): number {
  return Math.ceil(time / interval) * interval;
}
