import type { Course } from "../faults/fault";
import type { Intervals, Timing } from "./intervals";

/** How long Prometheus takes at most to write what a scrape gave, in milliseconds. */
const writingMs = 20;

const atOnce: Course = { onset: 0, outlast: 0 };

/**
 * The course at best: what a range looks back on is as old as the last scrape, and requests come unevenly, so that it may
 * be filled, and empty, a scrape sooner.
 */
function soonest({ onset, outlast }: Course, { scrape }: Intervals): Course {
  return { onset: Math.max(0, onset - scrape / 1_000), outlast: Math.max(0, outlast - scrape / 1_000) };
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
  const { onset } = soonest(course, intervals);
  const pending = seenFrom(since + onset * 1_000, { intervals, phases });
  return { pending, firing: pending + whole(intervals.holds, intervals.evaluation) };
}

/**
 * When an alert can be over.
 * @param mended when the fault was mended, as Unix milliseconds
 */
export function bestEnd(mended: number, { intervals, phases }: Timing, course = atOnce): number {
  const { outlast } = soonest(course, intervals);
  const seen = seenFrom(mended + outlast * 1_000, { intervals, phases });
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

/** Shortest and longest time from a fault, in milliseconds. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

/** What can be said before a fault begins of when its alert will be where. */
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
  const best = soonest(course, intervals);
  const noticed = scrape + evaluation;
  const span = (soonestMs: number, latest: number, afterwards: number, spread = noticed): Span => ({
    least: soonestMs + afterwards,
    most: latest + afterwards + spread,
  });
  const onset = [best.onset * 1_000, course.onset * 1_000] as const;
  const outlast = [best.outlast * 1_000, course.outlast * 1_000] as const;
  const held = whole(holds, evaluation);
  return {
    pending: span(...onset, 0),
    firing: span(...onset, held),
    message: span(...onset, held + groupWait),
    resolved: span(...outlast, whole(stays, evaluation), noticed + groupInterval),
  };
}

/** The evaluation that sees what the next scrape after a time shows. */
function seenFrom(time: number, { intervals, phases }: Timing): number {
  const scraped = nextAfter(time, phases.scraped, intervals.scrape);
  // Rules see a sample when the scrape has ended and is written.
  return nextAfter(scraped + phases.scrapeTakes + writingMs, phases.evaluated, intervals.evaluation);
}

/** The first moment at or after a time of those that lie whole intervals from another one. */
export function nextAfter(time: number, one: number, interval: number): number {
  return one + Math.ceil((time - one) / interval) * interval;
}

/** A time in whole intervals. */
function whole(time: number, interval: number): number {
  return Math.ceil(time / interval) * interval;
}
