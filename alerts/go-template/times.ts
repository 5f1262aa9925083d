import { TemplateError } from "./template-error";

/** A point in time, to the millisecond, in a time zone. */
export class GoTime {
  readonly typeName = "time.Time";

  constructor(
    /** Milliseconds of Unix time. */
    readonly milliseconds: number,
    /** Name of the time zone, such as `Europe/Berlin`. */
    readonly zone = "UTC",
  ) {}

  /** The time that Go calls zero. */
  static readonly zero = new GoTime(-62_135_596_800_000);

  /** In another time zone. @throws TemplateError where nobody knows it */
  in(zone: string): GoTime {
    const name = zone === "" ? "UTC" : zone === "Local" ? "UTC" : zone;
    try {
      new Intl.DateTimeFormat("en-US", { timeZone: name });
    } catch {
      throw new TemplateError(`unknown time zone ${zone}`);
    }
    return new GoTime(this.milliseconds, name);
  }

  /** As Go's JSON has it. */
  toJSON(): string {
    return this.format("2006-01-02T15:04:05.999999999Z07:00");
  }

  toString(): string {
    return this.format("2006-01-02 15:04:05.999999999 -0700 MST");
  }

  /** In a layout of Go's: a text that shows how the second of January 2006, 15:04:05, would be written. */
  format(layout: string): string {
    const shown = this.shown();
    return layout.replace(elements, (element) => write(element, shown));
  }

  /** What a clock and a calendar in the zone show. */
  shown(): Shown {
    const offset = offsetOf(this.milliseconds, this.zone);
    return {
      date: new Date(this.milliseconds + offset * 1000),
      offset,
      abbreviation: abbreviationOf(this.milliseconds, this.zone, offset),
    };
  }
}

/** A span of time. */
export class GoDuration {
  constructor(
    readonly nanoseconds: bigint,
    /** Whether Go has a pointer to it, which its functions do not take for a number. */
    readonly isPointer = false,
  ) {}

  get typeName(): string {
    return this.isPointer ? "*time.Duration" : "time.Duration";
  }

  get seconds(): number {
    return this.in(1_000_000_000n);
  }

  /** In a unit of so many nanoseconds, rounded as Go does: whole ones and the rest each by itself. */
  in(unit: bigint): number {
    return Number(this.nanoseconds / unit) + Number(this.nanoseconds % unit) / Number(unit);
  }

  /** `1h2m3.5s`, as Go writes it. */
  toString(): string {
    const all = this.nanoseconds < 0n ? -this.nanoseconds : this.nanoseconds;
    const sign = this.nanoseconds < 0n ? "-" : "";
    if (all === 0n) return "0s";
    const unit = smallUnits.find(([, size]) => all < size * 1000n);
    if (unit !== undefined) return `${sign}${fraction(all, unit[1])}${unit[0]}`;
    const minutes = all / 60_000_000_000n;
    const seconds = `${fraction(all % 60_000_000_000n, 1_000_000_000n)}s`;
    const hours = minutes / 60n;
    const long =
      hours > 0n ? `${String(hours)}h${String(minutes % 60n)}m` : minutes > 0n ? `${String(minutes)}m` : "";
    return `${sign}${long}${seconds}`;
  }
}

const smallUnits: readonly (readonly [string, bigint])[] = [
  ["ns", 1n],
  ["µs", 1_000n],
  ["ms", 1_000_000n],
];

function fraction(value: bigint, unit: bigint): string {
  const digits = String(unit).length - 1;
  const behind = String(value % unit)
    .padStart(digits, "0")
    .replace(/0+$/, "");
  return `${String(value / unit)}${digits > 0 && behind !== "" ? `.${behind}` : ""}`;
}

/** What is shown of a time. */
export interface Shown {
  /** Its UTC fields are those of the zone. */
  readonly date: Date;
  /** Seconds east of Greenwich. */
  readonly offset: number;
  readonly abbreviation: string;
}

function offsetOf(milliseconds: number, zone: string): number {
  if (zone === "UTC") return 0;
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(new Date(milliseconds));
  const valueOf = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const there = new Date(0);
  there.setUTCFullYear(valueOf("year"), valueOf("month") - 1, valueOf("day"));
  there.setUTCHours(valueOf("hour"), valueOf("minute"), valueOf("second"));
  return Math.round((there.getTime() - Math.floor(milliseconds / 1000) * 1000) / 1000);
}

/** English of these regions has abbreviations of different zones; of others Go, too, shows the offset. */
const regions = ["en-US", "en-GB", "en-AU", "en-CA", "en-NZ", "en-IN", "en-ZA"];

function abbreviationOf(milliseconds: number, zone: string, offset: number): string {
  if (zone === "UTC") return "UTC";
  for (const region of regions) {
    const name = new Intl.DateTimeFormat(region, { timeZone: zone, timeZoneName: "short" })
      .formatToParts(new Date(milliseconds))
      .find(({ type }) => type === "timeZoneName")?.value;
    if (name !== undefined && /^[A-Z]{3,5}$/.test(name)) return name;
  }
  return offsetText(offset, "-07");
}

const months = "January February March April May June July August September October November December".split(
  " ",
);
const days = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

/** Month and day of the week by their English names. */
export function namesOf(date: Date): { readonly month: string; readonly day: string } {
  return { month: months[date.getUTCMonth()] ?? "", day: days[date.getUTCDay()] ?? "" };
}

/** Day of the year, from 1. */
export function yearDay(date: Date): number {
  const start = new Date(date);
  start.setUTCMonth(0, 1);
  return Math.round((date.getTime() - start.getTime()) / 86_400_000) + 1;
}

const elements =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|2006|__2|002|01|02|03|04|05(?:[.,](?:0+|9+)(?!\d))?|06|15|PM|pm|-07:00:00|-070000|-07:00|-0700|-07|Z07:00:00|Z070000|Z07:00|Z0700|Z07|_2(?!006)|[.,](?:0+|9+)(?!\d)|1|2|3|4|5/g;

function write(element: string, { date, offset, abbreviation }: Shown): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const hour = date.getUTCHours() % 12 || 12;
  const { month, day } = namesOf(date);
  const known: Readonly<Record<string, () => string>> = {
    January: () => month,
    Jan: () => month.slice(0, 3),
    Monday: () => day,
    Mon: () => day.slice(0, 3),
    MST: () => abbreviation,
    "2006": () => String(date.getUTCFullYear()).padStart(4, "0"),
    "06": () => two(date.getUTCFullYear() % 100),
    "01": () => two(date.getUTCMonth() + 1),
    "1": () => String(date.getUTCMonth() + 1),
    "02": () => two(date.getUTCDate()),
    _2: () => String(date.getUTCDate()).padStart(2, " "),
    "2": () => String(date.getUTCDate()),
    __2: () => String(yearDay(date)).padStart(3, " "),
    "002": () => String(yearDay(date)).padStart(3, "0"),
    "15": () => two(date.getUTCHours()),
    "03": () => two(hour),
    "3": () => String(hour),
    "04": () => two(date.getUTCMinutes()),
    "4": () => String(date.getUTCMinutes()),
    "05": () => two(date.getUTCSeconds()),
    "5": () => String(date.getUTCSeconds()),
    PM: () => (date.getUTCHours() < 12 ? "AM" : "PM"),
    pm: () => (date.getUTCHours() < 12 ? "am" : "pm"),
  };
  const own = known[element];
  if (own !== undefined) return own();
  if (element.startsWith("Z")) return offset === 0 ? "Z" : offsetText(offset, element.replace("Z", "-"));
  if (element.startsWith("-")) return offsetText(offset, element);
  if (element.startsWith("05"))
    return two(date.getUTCSeconds()) + write(element.slice(2), { date, offset, abbreviation });
  return secondsFraction(element, date);
}

function secondsFraction(element: string, date: Date): string {
  const digits = String(date.getUTCMilliseconds())
    .padStart(3, "0")
    .padEnd(9, "0")
    .slice(0, element.length - 1);
  if (element[1] === "0") return element.slice(0, 1) + digits;
  const kept = digits.replace(/0+$/, "");
  return kept === "" ? "" : element.slice(0, 1) + kept;
}

/** An offset in the form of a layout's: `-0700`, `-07:00`, `-07`, with seconds as `-07:00:00`. */
function offsetText(offset: number, form: string): string {
  const size = Math.abs(offset);
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60].map((part) =>
    String(part).padStart(2, "0"),
  );
  const count = form.replaceAll(":", "").length === 3 ? 1 : form.replaceAll(":", "").length === 5 ? 2 : 3;
  return (offset < 0 ? "-" : "+") + parts.slice(0, count).join(form.includes(":") ? ":" : "");
}
