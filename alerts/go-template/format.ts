import { formatFloat, type FloatVerb } from "./floats";
import { GoDuration, GoTime } from "./times";
import { GoList, GoMap, GoStruct, imaginary, MarkedText, typeName, type GoValue } from "./values";

/** What stands between a `%` and its verb. */
interface Flags {
  readonly plus: boolean;
  readonly minus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  /** Whether the value is shown because its verb is not for it: `#` and `+` do not ask for Go's syntax then. */
  readonly isBad?: boolean;
}

const noFlags: Flags = {
  plus: false,
  minus: false,
  sharp: false,
  space: false,
  zero: false,
  width: undefined,
  precision: undefined,
};

/** Values as Go's fmt.Sprint writes them: a space between two of which neither is a string. */
export function sprint(...values: readonly GoValue[]): string {
  return values
    .map((value, index) => {
      const isApart = index > 0 && typeof value !== "string" && typeof values[index - 1] !== "string";
      return (isApart ? " " : "") + formatted(value, "v", noFlags);
    })
    .join("");
}

/** Values as Go's fmt.Sprintln writes them. */
export function sprintln(...values: readonly GoValue[]): string {
  return `${values.map((value) => formatted(value, "v", noFlags)).join(" ")}\n`;
}

const verb = /%([+\-# 0]*)(\*|\d+)?(\.(\*|\d+)?)?(\P{Surrogate})?/gu;

/** Values in a format of Go's fmt.Sprintf; what is wrong with it is said in the text, as Go says it. */
export function sprintf(format: string, ...values: readonly GoValue[]): string {
  let next = 0;
  const take = () => {
    const value = values[next];
    next += 1;
    return value;
  };
  const text = format.replace(verb, (_, ...groups: (string | undefined)[]) => {
    const [signs = "", width, point, precision, letter] = groups;
    const numberOf = (written: string | undefined) => {
      if (written !== "*") return written === undefined ? undefined : Number(written);
      const value = take();
      return typeof value === "bigint" ? Number(value) : undefined;
    };
    const asked = numberOf(width);
    const flags: Flags = {
      plus: signs.includes("+"),
      minus: signs.includes("-") || (asked ?? 0) < 0,
      sharp: signs.includes("#"),
      space: signs.includes(" "),
      zero: signs.includes("0"),
      width: asked === undefined ? undefined : Math.abs(asked),
      precision: point === undefined ? undefined : (numberOf(precision) ?? 0),
    };
    if (letter === undefined) return "%!(NOVERB)";
    if (letter === "%") return "%";
    if (next >= values.length) return `%!${letter}(MISSING)`;
    return formatted(take(), letter, flags);
  });
  if (next >= values.length) return text;
  const extra = values
    .slice(next)
    .map((value) => (isNothing(value) ? "<nil>" : `${typeName(value)}=${formatted(value, "v", noFlags)}`));
  return `${text}%!(EXTRA ${extra.join(", ")})`;
}

function isNothing(value: GoValue): value is null | undefined {
  return value === null || value === undefined;
}

function formatted(value: GoValue, letter: string, flags: Flags): string {
  if (letter === "T") return formatString(typeName(value), "s", flags) ?? "";
  if (isNothing(value)) return letter === "v" ? padded("<nil>", flags) : `%!${letter}(<nil>)`;
  const own = "vsxXq".includes(letter) && !(letter === "v" && flags.sharp) ? ownText(value) : undefined;
  if (own !== undefined) return formatString(own, letter, flags) ?? wrong(value, letter, flags);
  if (value instanceof MarkedText)
    return formatString(value.content, letter, flags) ?? wrong(value, letter, flags);
  if (value instanceof GoList)
    return `[${value.items.map((item) => formatted(item, letter, flags)).join(" ")}]`;
  if (value instanceof GoMap) {
    const pairs = [...value.entries].map(
      ([key, item]) => `${formatted(key, letter, flags)}:${formatted(item, letter, flags)}`,
    );
    return `map[${pairs.join(" ")}]`;
  }
  if (value instanceof GoStruct) {
    const fields = Object.entries(value.fields).map(
      ([name, field]) => (flags.plus && letter === "v" ? `${name}:` : "") + formatted(field, letter, flags),
    );
    return `{${fields.join(" ")}}`;
  }
  if (value instanceof GoDuration)
    return formatInteger(value.nanoseconds, letter, flags) ?? wrong(value, letter, flags);
  if (value instanceof GoTime || value === imaginary) return wrong(value, letter, flags);
  switch (typeof value) {
    case "string":
      return formatString(value, letter, flags) ?? wrong(value, letter, flags);
    case "bigint":
      return formatInteger(value, letter, flags) ?? wrong(value, letter, flags);
    case "number":
      return formatNumber(value, letter, flags) ?? wrong(value, letter, flags);
    default:
      return letter === "t" || letter === "v" ? padded(String(value), flags) : wrong(value, letter, flags);
  }
}

/** What a method String gives. */
function ownText(value: GoValue): string | undefined {
  if (value instanceof GoTime || value instanceof GoDuration) return value.toString();
  return value instanceof GoList || value instanceof GoMap ? value.text?.() : undefined;
}

/** What Go says of a verb that is not for such a value, which it shows with the same flags. */
function wrong(value: GoValue, letter: string, flags: Flags): string {
  return `%!${letter}(${typeName(value)}=${formatted(value, "v", { ...flags, isBad: true })})`;
}

function padded(text: string, { width = 0, minus, zero }: Flags): string {
  const missing = width - Array.from(text).length;
  if (missing <= 0) return text;
  return minus ? text + " ".repeat(missing) : (zero ? "0" : " ").repeat(missing) + text;
}

function formatString(text: string, letter: string, flags: Flags): string | undefined {
  const { precision } = flags;
  const cut = precision === undefined ? text : Array.from(text).slice(0, precision).join("");
  switch (letter) {
    case "v":
      return flags.sharp && flags.isBad !== true ? padded(quoted(cut), flags) : padded(cut, flags);
    case "s":
      return padded(cut, flags);
    case "q":
      return padded(
        flags.sharp && !quotedAsRaw(cut).startsWith('"') ? quotedAsRaw(cut) : quoted(cut, flags.plus),
        flags,
      );
    case "x":
    case "X": {
      const bytes = [...Buffer.from(text).subarray(0, precision)];
      const pairs = bytes.map((byte) => byte.toString(16).padStart(2, "0"));
      const prefix = flags.sharp && bytes.length > 0 ? "0x" : "";
      const hex = prefix + pairs.join(flags.space ? ` ${prefix}` : "");
      return padded(letter === "X" ? hex.toUpperCase() : hex, flags);
    }
    default:
      return undefined;
  }
}

const letters: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
  '"': '\\"',
};

/** A text between backquotes where Go can read it so, or else in quotation marks. */
export function quotedAsRaw(text: string): string {
  return /[`\p{Cc}\ufeff]/u.test(text) ? quoted(text) : `\`${text}\``;
}

/**
 * A text in quotation marks as Go's strconv.Quote writes it.
 * @param isAscii whether all else than ASCII is escaped, as QuoteToASCII does. Default: false
 */
export function quoted(text: string, isAscii = false): string {
  const unshown = isAscii ? /["\\]|[^\x20-\x7e]/gu : /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;
  const inner = text.replace(unshown, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const hex = (digits: number) => code.toString(16).padStart(digits, "0");
    if (code < 0x20 || code === 0x7f) return letters[character] ?? `\\x${hex(2)}`;
    return letters[character] ?? (code > 0xffff ? `\\U${hex(8)}` : `\\u${hex(4)}`);
  });
  return `"${inner}"`;
}

const bases: Readonly<Record<string, number>> = { d: 10, v: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };
const prefixes: Readonly<Record<string, string>> = { b: "0b", o: "0", O: "0", x: "0x", X: "0X" };

function formatInteger(value: bigint, letter: string, given: Flags): string | undefined {
  const flags = ofValue(letter, given);
  const code = Number(value);
  const character = () => (code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd");
  if (letter === "c") return padded(character(), flags);
  if (letter === "q") return padded(quotedCharacter(character()), flags);
  if (letter === "U") return padded(`U+${code.toString(16).toUpperCase().padStart(4, "0")}`, flags);
  const base = bases[letter];
  if (base === undefined) return undefined;
  const { precision, width = 0 } = flags;
  if (precision === 0 && value === 0n) return padded("", { ...flags, zero: false });
  const size = value < 0n ? -value : value;
  const sign = value < 0n ? "-" : flags.plus ? "+" : flags.space ? " " : "";
  const least = precision ?? (flags.zero && !flags.minus ? width - sign.length : 0);
  const digits = size.toString(base).padStart(least, "0");
  const isOctal = letter === "o" || letter === "O";
  const sharp = flags.sharp && !(isOctal && digits.startsWith("0")) ? (prefixes[letter] ?? "") : "";
  const prefix = (letter === "O" ? "0o" : "") + sharp;
  const text = sign + prefix + (letter === "X" ? digits.toUpperCase() : digits);
  return padded(text, { ...flags, zero: false });
}

function quotedCharacter(character: string): string {
  if (character === "'") return "'\\''";
  return character === '"' ? `'"'` : `'${quoted(character).slice(1, -1)}'`;
}

const floatPrecision: Readonly<Record<string, number>> = { v: -1, g: -1, G: -1, e: 6, E: 6, f: 6, F: 6 };

/** Of `%v` the signs `#` and `+` ask for Go's syntax, which these values have not. */
function ofValue(letter: string, flags: Flags): Flags {
  return letter === "v" && flags.isBad !== true ? { ...flags, plus: false, sharp: false } : flags;
}

/** With `#` a number keeps its point, and with `%g` the zeros behind it. */
function withPoint(digits: string, letter: string, precision: number): string {
  const [, before = "", exponent = ""] = /^([\d.]*)(.*)$/.exec(digits) ?? [];
  const shown = before.includes(".") ? before : `${before}.`;
  if (!"vgG".includes(letter)) return shown + exponent;
  const asked = precision === -1 ? 6 : precision;
  const significant = before === "0" ? 1 : before.replace(".", "").replace(/^0+/, "").length;
  return shown + "0".repeat(Math.max(asked - significant, 0)) + exponent;
}

function formatNumber(value: number, letter: string, given: Flags): string | undefined {
  const flags = ofValue(letter, given);
  const own = floatPrecision[letter];
  if (own === undefined) return undefined;
  const form = (letter === "v" ? "g" : letter) as FloatVerb;
  const plain = formatFloat(value, form, flags.precision ?? own);
  const isSigned = plain.startsWith("-") || plain.startsWith("+");
  const precision = flags.precision ?? own;
  const unsigned = isSigned ? plain.slice(1) : plain;
  const digits = flags.sharp && Number.isFinite(value) ? withPoint(unsigned, letter, precision) : unsigned;
  const isNan = plain === "NaN";
  const negative = plain.startsWith("-");
  const isShown = negative || flags.plus || plain === "+Inf";
  const sign = negative ? "-" : isShown && !(flags.space && !flags.plus) ? "+" : flags.space ? " " : "";
  if (isNan || !Number.isFinite(value)) return padded(sign + digits, { ...flags, zero: false });
  if (!flags.zero || flags.minus) return padded(sign + digits, flags);
  return sign + padded(digits, { ...flags, width: (flags.width ?? 0) - sign.length });
}
