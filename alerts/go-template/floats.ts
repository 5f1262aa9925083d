/** The digits of a number and where its point is: `0.d1d2d3… × 10^point`. */
interface Digits {
  readonly digits: string;
  readonly point: number;
}

const view = new DataView(new ArrayBuffer(8));

/** All digits of a finite number that is not negative: each double has an end. */
function exactDigits(value: number): Digits {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const raw = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = raw === 0 ? fraction : fraction | 0x10000000000000n;
  if (mantissa === 0n) return { digits: "", point: 0 };
  const exponent = Math.max(raw, 1) - 1075;
  const text = String(exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent));
  return { digits: text, point: text.length + Math.min(exponent, 0) };
}

/** The fewest digits that stand for this number alone. */
function shortestDigits(value: number): Digits {
  if (value === 0) return { digits: "", point: 0 };
  const [mantissa = "", exponent = ""] = value.toExponential().split("e");
  return { digits: mantissa.replace(".", ""), point: Number(exponent) + 1 };
}

/** Rounds to so many digits, a half to the even one. */
function rounded({ digits, point }: Digits, count: number): Digits {
  if (count < 0) return { digits: "", point };
  if (digits.length <= count) return { digits, point };
  const rest = digits.slice(count);
  const kept = digits.slice(0, count);
  const half = `5${"0".repeat(rest.length - 1)}`;
  const isUp = rest > half || (rest === half && Number(kept.at(-1) ?? "0") % 2 === 1);
  if (!isUp) return { digits: kept, point };
  const next = String(BigInt(kept === "" ? "0" : kept) + 1n).padStart(count, "0");
  return { digits: next, point: point + next.length - count };
}

/** How a number is written: `e`, `f` and `g` as Go's strconv knows them. */
export type FloatVerb = "e" | "E" | "f" | "F" | "g" | "G";

/**
 * A number as Go's strconv.FormatFloat writes it, without a sign for positive ones. `NaN`, `+Inf` and `-Inf` are as they
 * are there.
 * @param precision digits behind the point, of `g` all digits; -1 for as few as tell it from all other numbers
 */
export function formatFloat(value: number, verb: FloatVerb, precision: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const isUpper = verb === "E" || verb === "G";
  const text = sign + formatDigits(Math.abs(value), verb.toLowerCase(), precision);
  return isUpper ? text.toUpperCase() : text;
}

function formatDigits(value: number, verb: string, precision: number): string {
  const isShortest = precision < 0;
  const all = isShortest ? shortestDigits(value) : exactDigits(value);
  switch (verb) {
    case "e": {
      const kept = isShortest ? all : rounded(all, precision + 1);
      return exponential(kept, isShortest ? Math.max(kept.digits.length - 1, 0) : precision);
    }
    case "f": {
      const kept = isShortest ? all : rounded(all, all.point + precision);
      return positional(kept, isShortest ? Math.max(kept.digits.length - kept.point, 0) : precision);
    }
    default: {
      const asked = precision === 0 ? 1 : precision;
      const { digits, point } = trimmed(isShortest ? all : rounded(all, asked));
      const isWhole = asked > digits.length && digits.length >= point;
      const limit = isShortest ? 6 : isWhole ? digits.length : asked;
      const exponent = point - 1;
      if (exponent < -4 || exponent >= limit)
        return exponential({ digits, point }, Math.max(digits.length - 1, 0));
      return positional({ digits, point }, Math.max(digits.length - point, 0));
    }
  }
}

function trimmed({ digits, point }: Digits): Digits {
  return { digits: digits.replace(/0+$/, ""), point };
}

function exponential({ digits, point }: Digits, behind: number): string {
  const shown = digits.padEnd(behind + 1, "0");
  const exponent = digits === "" ? 0 : point - 1;
  const fraction = behind > 0 ? `.${shown.slice(1, behind + 1)}` : "";
  const size = String(Math.abs(exponent)).padStart(2, "0");
  return `${shown[0] ?? "0"}${fraction}e${exponent < 0 ? "-" : "+"}${size}`;
}

function positional({ digits, point }: Digits, behind: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "0";
  const fraction = "0".repeat(Math.max(-point, 0)) + digits.slice(Math.max(point, 0));
  return behind > 0 ? `${whole}.${fraction.padEnd(behind, "0").slice(0, behind)}` : whole;
}
