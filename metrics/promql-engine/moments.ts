/** Days from 0000-03-01 to 1970-01-01. */
const daysToEpoch = 719_468n;

/** Parts of a moment in UTC. */
export interface Moment {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** From 1. */
  readonly day: number;
  /** 0: Sunday. */
  readonly weekday: number;
  /** From 1. */
  readonly yearDay: number;
  readonly daysInMonth: number;
  readonly hour: number;
  readonly minute: number;
}

/** Seconds before 1970 at which Go's calendar begins; what is before that is behind its end, 2^64 seconds later. */
const calendarFrom = 9_223_372_028_741_760_000n;

/** The moment of some seconds since 1970, whose fraction is cut off. As in Go, those that are no 64-bit number are the smallest one. */
export function momentOf(seconds: number): Moment {
  const whole = Math.trunc(seconds);
  if (Math.abs(whole) <= 8.64e12) return ofDate(new Date(whole * 1000));
  const fits = whole >= -(2 ** 63) && whole < 2 ** 63;
  const far = fits ? BigInt(whole) : -(2n ** 63n);
  return ofFar(far < -calendarFrom ? far + 2n ** 64n : far);
}

function ofDate(date: Date): Moment {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return {
    year,
    month,
    day,
    weekday: date.getUTCDay(),
    ...lengths(year, month, day),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

/** A moment that JavaScript's Date cannot hold, by the rule of the Gregorian calendar for 400 years (146,097 days). */
function ofFar(seconds: bigint): Moment {
  const days = floored(seconds, 86_400n);
  const second = Number(seconds - days * 86_400n);
  const shifted = days + daysToEpoch;
  const era = floored(shifted, 146_097n);
  const dayOfEra = Number(shifted - era * 146_097n);
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayFromMarch = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayFromMarch + 2) / 153);
  const day = dayFromMarch - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = Number(era * 400n) + yearOfEra + (month <= 2 ? 1 : 0);
  return {
    year,
    month,
    day,
    weekday: Number((((days + 4n) % 7n) + 7n) % 7n),
    ...lengths(year, month, day),
    hour: Math.floor(second / 3600),
    minute: Math.floor((second % 3600) / 60),
  };
}

function lengths(year: number, month: number, day: number): Pick<Moment, "yearDay" | "daysInMonth"> {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const months = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const before = months.slice(0, month - 1).reduce((sum, length) => sum + length, 0);
  return { yearDay: before + day, daysInMonth: months[month - 1] ?? NaN };
}

function floored(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}
