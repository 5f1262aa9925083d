const quarterMs = 15 * 60_000;
const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** By how many milliseconds a zone is ahead of UTC at a time. Offsets change at quarters of an hour only. */
function offsetAt(time: number, zone: string): number {
  const quarter = Math.floor(time / quarterMs);
  const key = `${zone} ${String(quarter)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const format =
    formatters.get(zone) ?? new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  formatters.set(zone, format);
  const name = format.formatToParts(quarter * quarterMs).find(({ type }) => type === "timeZoneName")?.value;
  const [, sign = "+", hours = "0", minutes = "0"] = /GMT([+-])(\d+):(\d+)/.exec(name ?? "") ?? [];
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  offsets.set(key, offset);
  return offset;
}

/** A time as a clock in a zone shows it. */
export interface Zoned {
  /** `2026-11-28` */
  readonly day: string;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** `UTC+01:00` */
  readonly offset: string;
}

/**
 * @param time milliseconds of Unix time
 * @param zone its name at IANA, or `utc`
 */
export function zonedAt(time: number, zone: string): Zoned {
  const offsetMs = offsetAt(time, zone);
  const iso = new Date(time + offsetMs).toISOString();
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return {
    day: iso.slice(0, 10),
    hour: Number(iso.slice(11, 13)),
    minute: Number(iso.slice(14, 16)),
    second: Number(iso.slice(17, 19)),
    offset: `UTC${offsetMs < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`,
  };
}

/** Hours in which people sleep: from the first, over midnight, to the second. */
export const night = { from: 22, to: 7 } as const;
export const nightInWords = "22:00 and 7:00";

export function isNightHour(hour: number): boolean {
  return hour >= night.from || hour < night.to;
}

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** A day such as `2026-11-28` in words: `Sat 28 Nov`. */
export function dayInWords(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return `${weekdays[date.getUTCDay()] ?? ""} ${String(date.getUTCDate())} ${months[date.getUTCMonth()] ?? ""}`;
}

/** `Sat 28 Nov 22:03` */
export function shortTime(time: number, zone: string): string {
  const { day, hour, minute } = zonedAt(time, zone);
  return `${dayInWords(day)} ${String(hour)}:${String(minute).padStart(2, "0")}`;
}

/** `Sat 28 Nov 2026 22:03 UTC+01:00` */
export function longTime(time: number, zone: string): string {
  const { day, hour, minute, offset } = zonedAt(time, zone);
  return `${dayInWords(day)} ${day.slice(0, 4)} ${String(hour)}:${String(minute).padStart(2, "0")} ${offset}`;
}
