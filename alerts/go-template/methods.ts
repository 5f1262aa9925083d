import { TemplateError } from "./template-error";
import { GoDuration, GoTime, namesOf, yearDay } from "./times";
import { fixed, GoList, GoMap, GoStruct, type GoFunctions, type GoValue } from "./values";

/** Methods that a template can call on a value. */
export function methodsOf(value: GoValue): GoFunctions {
  if (value instanceof GoTime) return timeMethods(value);
  if (value instanceof GoDuration) return durationMethods(value);
  if (value instanceof GoList || value instanceof GoMap || value instanceof GoStruct) return value.methods;
  return {};
}

function timeMethods(time: GoTime): GoFunctions {
  const part = (read: (date: Date) => number) => fixed([], () => BigInt(read(time.shown().date)));
  return {
    Format: fixed(["string"], (layout) => time.format(layout)),
    String: fixed([], () => time.toString()),
    UTC: fixed([], () => time.in("UTC")),
    // A server's own time zone; in containers that is UTC.
    Local: fixed([], () => time.in("UTC")),
    Unix: fixed([], () => BigInt(Math.floor(time.milliseconds / 1000))),
    UnixMilli: fixed([], () => BigInt(time.milliseconds)),
    UnixMicro: fixed([], () => BigInt(time.milliseconds) * 1_000n),
    UnixNano: fixed([], () => BigInt(time.milliseconds) * 1_000_000n),
    IsZero: fixed([], () => time.milliseconds === GoTime.zero.milliseconds),
    Year: part((date) => date.getUTCFullYear()),
    YearDay: part(yearDay),
    Day: part((date) => date.getUTCDate()),
    Hour: part((date) => date.getUTCHours()),
    Minute: part((date) => date.getUTCMinutes()),
    Second: part((date) => date.getUTCSeconds()),
    Nanosecond: part((date) => date.getUTCMilliseconds() * 1_000_000),
    Month: fixed([], () => namesOf(time.shown().date).month),
    Weekday: fixed([], () => namesOf(time.shown().date).day),
    After: fixed(["time"], (other) => time.milliseconds > other.milliseconds),
    Before: fixed(["time"], (other) => time.milliseconds < other.milliseconds),
    Equal: fixed(["time"], (other) => time.milliseconds === other.milliseconds),
    Sub: fixed(
      ["time"],
      (other) => new GoDuration(BigInt(time.milliseconds - other.milliseconds) * 1_000_000n),
    ),
    Add: fixed(["any"], (span) => {
      if (typeof span !== "bigint" && !(span instanceof GoDuration))
        throw new TemplateError("wrong type for value; expected time.Duration");
      const nanoseconds = typeof span === "bigint" ? span : span.nanoseconds;
      return new GoTime(time.milliseconds + Number(nanoseconds / 1_000_000n), time.zone);
    }),
  };
}

function durationMethods(duration: GoDuration): GoFunctions {
  const { nanoseconds, seconds } = duration;
  return {
    String: fixed([], () => duration.toString()),
    Hours: fixed([], () => duration.in(3_600_000_000_000n)),
    Minutes: fixed([], () => duration.in(60_000_000_000n)),
    Seconds: fixed([], () => seconds),
    Milliseconds: fixed([], () => nanoseconds / 1_000_000n),
    Microseconds: fixed([], () => nanoseconds / 1_000n),
    Nanoseconds: fixed([], () => nanoseconds),
  };
}
