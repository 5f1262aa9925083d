const hour = 3_600_000;

/** Offsets by time zone and hour of Unix time; undefined within an hour in which it changes. */
const known = new Map<string, Map<number, number | undefined>>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether a time zone is one, by its name at IANA. */
export function isTimeZone(name: string): boolean {
  try {
    format(name);
    return true;
  } catch {
    return false;
  }
}

/** What is added to UTC to get a zone's local time then, in milliseconds. */
export function utcOffset(zone: string, time: number): number {
  if (zone === "UTC") return 0;
  const hours = known.get(zone) ?? new Map<number, number | undefined>();
  known.set(zone, hours);
  const index = Math.floor(time / hour);
  if (!hours.has(index)) {
    const [first, last] = [asked(zone, index * hour), asked(zone, (index + 1) * hour - 1000)];
    hours.set(index, first === last ? first : undefined);
  }
  return hours.get(index) ?? asked(zone, time);
}

/** The times within a span at which a zone's offset changes, in order, to the minute. */
export function transitions(zone: string, from: number, to: number): readonly number[] {
  if (zone === "UTC") return [];
  const found: number[] = [];
  for (let time = from; time < to; time += hour) {
    const end = Math.min(time + hour, to);
    if (utcOffset(zone, time) === utcOffset(zone, end)) continue;
    let [before, after] = [time, end];
    while (after - before > 60_000) {
      const middle = before + Math.floor((after - before) / 120_000) * 60_000;
      if (utcOffset(zone, middle) === utcOffset(zone, time)) before = middle;
      else after = middle;
    }
    found.push(after);
  }
  return found;
}

function format(zone: string): Intl.DateTimeFormat {
  const made = formats.get(zone);
  if (made !== undefined) return made;
  const created = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, created);
  return created;
}

function asked(zone: string, time: number): number {
  const parts = Object.fromEntries(
    format(zone)
      .formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour: hours = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hours, minute, second) - Math.floor(time / 1000) * 1000;
}
