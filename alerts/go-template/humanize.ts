import { formatFloat } from "./floats";
import { TemplateError } from "./template-error";
import { GoDuration, GoTime } from "./times";
import { typeName, type GoValue } from "./values";

/** How Prometheus's library writes numbers for people. */

/** As Go reads them: an underscore may stand between two digits, and behind `0x`. */
const float = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const hexFloat =
  /^([+-]?)0x(?=_?[\da-f]|\.[\da-f])((?:_?[\da-f]+)*)(?:\.((?:[\da-f]+(?:_[\da-f]+)*)?))?p([+-]?\d+(?:_\d+)*)$/i;

/** A number in one of both forms; undefined for what is none. */
function writtenNumber(text: string): number | undefined {
  if (float.test(text)) return Number(text.replaceAll("_", ""));
  const found = hexFloat.exec(text);
  if (found === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = ""] = found.map((part) =>
    part?.replaceAll("_", ""),
  );
  const size = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === "-" ? -size : size;
}

/** A number as an int64. What none can hold becomes the least one on the machines that these programs run on. */
export function integerOf(value: number): bigint {
  return Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : -(2n ** 63n);
}

/** A number, a text that is one, a span of time in seconds. @throws TemplateError for anything else */
export function numberOf(value: GoValue): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof GoDuration && !value.isPointer) return value.seconds;
  if (typeof value !== "string") throw new TemplateError(`can't convert ${typeName(value)} to float`);
  const number = writtenNumber(value);
  if (number !== undefined) {
    if (Number.isFinite(number)) return number;
    throw new TemplateError(`strconv.ParseFloat: parsing ${JSON.stringify(value)}: value out of range`);
  }
  const named = /^([+-]?)(?:inf|infinity)$/i.exec(value);
  if (named) return named[1] === "-" ? -Infinity : Infinity;
  if (/^nan$/i.test(value)) return NaN;
  throw new TemplateError(`strconv.ParseFloat: parsing ${JSON.stringify(value)}: invalid syntax`);
}

function short(value: number): string {
  return formatFloat(value, "g", 4);
}

/** Goes through prefixes while a number is too large or too small for them. */
function scaled(
  value: number,
  prefixes: readonly string[],
  goes: (value: number) => boolean,
  next: (value: number) => number,
) {
  let number = value;
  let shown = "";
  for (const prefix of prefixes) {
    if (!goes(number)) break;
    shown = prefix;
    number = next(number);
  }
  return `${short(number)}${shown}`;
}

const small = ["m", "u", "n", "p", "f", "a", "z", "y"];
const large = ["k", "M", "G", "T", "P", "E", "Z", "Y"];

function smallScaled(value: number): string {
  return scaled(
    value,
    small,
    (number) => Math.abs(number) < 1,
    (number) => number * 1000,
  );
}

/** `1.234k`: with a metric prefix. */
export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return short(value);
  if (Math.abs(value) < 1) return smallScaled(value);
  return scaled(
    value,
    large,
    (number) => Math.abs(number) >= 1000,
    (number) => number / 1000,
  );
}

/** `1.5Mi`: with a binary prefix. */
export function humanize1024(value: number): string {
  if (Math.abs(value) <= 1 || !Number.isFinite(value)) return short(value);
  return scaled(
    value,
    ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"],
    (number) => Math.abs(number) >= 1024,
    (number) => number / 1024,
  );
}

/** `12.3%` of a ratio. */
export function humanizePercentage(value: number): string {
  return `${short(value * 100)}%`;
}

/** `1h 2m 3s` of seconds. */
export function humanizeDuration(value: number): string {
  if (!Number.isFinite(value)) return short(value);
  if (value === 0) return `${short(value)}s`;
  if (Math.abs(value) < 1) return `${smallScaled(value)}s`;
  const sign = value < 0 ? "-" : "";
  const size = Math.abs(value);
  const whole = integerOf(size);
  const [seconds, minutes, hours, days] = [
    whole % 60n,
    (whole / 60n) % 60n,
    (whole / 3600n) % 24n,
    whole / 86_400n,
  ].map(String);
  if (days !== "0") return `${sign}${days ?? ""}d ${hours ?? ""}h ${minutes ?? ""}m ${seconds ?? ""}s`;
  if (hours !== "0") return `${sign}${hours ?? ""}h ${minutes ?? ""}m ${seconds ?? ""}s`;
  if (minutes !== "0") return `${sign}${minutes ?? ""}m ${seconds ?? ""}s`;
  return `${sign}${short(size)}s`;
}

/** A time of so many seconds after 1970. @throws TemplateError where there is none */
export function timeOf(value: number): GoTime {
  if (!Number.isFinite(value)) throw new TemplateError("value is NaN or Inf");
  if (Math.abs(value * 1e9) > 2 ** 63)
    throw new TemplateError(
      `${formatFloat(value, "g", -1)} cannot be represented as a nanoseconds timestamp since it overflows int64`,
    );
  return new GoTime(Number(integerOf(value * 1e9) / 1_000_000n));
}

/** `2026-11-28 21:30:00 +0000 UTC` of seconds after 1970. */
export function humanizeTimestamp(value: number): string {
  return Number.isFinite(value) ? timeOf(value).toString() : short(value);
}
