import { utcOffset } from "./zone";

/** From the first to the last, both included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A part of the calendar. Of what is undefined, all belongs to it. */
export interface TimeInterval {
  /** Minutes of the day, the last one excluded: from 0 to 1440. */
  readonly times: readonly Range[] | undefined;
  /** From 0, Sunday, to 6. */
  readonly weekdays: readonly Range[] | undefined;
  /** From 1 to 31, or from the end of the month: -1 is its last day. */
  readonly daysOfMonth: readonly Range[] | undefined;
  /** From 1 to 12. */
  readonly months: readonly Range[] | undefined;
  readonly years: readonly Range[] | undefined;
  /** Time zone by its name at IANA; `UTC` where none is given. */
  readonly location: string;
}

/** A day of the calendar. */
export interface CalendarDay {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** From 1. */
  readonly day: number;
  /** From 0, Sunday. */
  readonly weekday: number;
}

const within = (value: number, ranges: readonly Range[] | undefined) =>
  ranges === undefined || ranges.some(({ from, to }) => value >= from && value <= to);

/** Whether a day belongs to an interval, at whichever time. */
export function containsDay(interval: TimeInterval, { year, month, day, weekday }: CalendarDay): boolean {
  const { daysOfMonth, months, weekdays, years } = interval;
  const dayFits =
    daysOfMonth === undefined || daysOfMonth.some((range) => inMonth(day, range, daysIn(year, month)));
  return dayFits && within(month, months) && within(weekday, weekdays) && within(year, years);
}

/**
 * Whether a day of a month of some days is in a range. Alertmanager before 0.35 took a month in which summer time
 * begins for a day shorter, so that its days from the end were one too early; this is how it is since.
 */
function inMonth(day: number, { from, to }: Range, days: number): boolean {
  const begin = from < 0 ? days + from + 1 : from;
  const end = to < 0 ? days + to + 1 : to;
  return begin <= days && day >= begin && day <= Math.min(end, days);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Whether a time, in milliseconds of Unix time, is in an interval. */
export function containsTime(interval: TimeInterval, time: number): boolean {
  const local = time + utcOffset(interval.location, time);
  const minute = Math.floor((((local % 86_400_000) + 86_400_000) % 86_400_000) / 60_000);
  const inTimes = interval.times?.some(({ from, to }) => minute >= from && minute < to) ?? true;
  return inTimes && containsDay(interval, dayOf(local));
}

/** The day of a local time that is written as if it were UTC. */
export function dayOf(local: number): CalendarDay {
  const date = new Date(local);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
}
