/** A number as Prometheus writes it into a label: without exponent, as short as it can be. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const text = Object.is(value, -0) ? "-0" : String(value);
  const parts = /^(-?)(\d+)(?:\.(\d+))?e([-+]\d+)$/.exec(text);
  if (parts === null) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, "0")}`;
}

const decimal = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const hexadecimal = /^([-+]?)0x([\da-f_]*)\.?([\da-f_]*)p([-+]?\d+)$/i;

/** The number that a label `le` says, as Go reads it; undefined where it is none. */
export function parseFloat64(text: string): number | undefined {
  if (decimal.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  if (/^[-+]?inf(inity)?$/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return NaN;
  const parts = hexadecimal.exec(text);
  if (parts === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts.map((part) =>
    part.replaceAll("_", ""),
  );
  if (whole + fraction === "") return undefined;
  const mantissa = parseInt(whole + fraction, 16) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === "-" ? -mantissa : mantissa;
}

/** Go's math.Pow, which differs from JavaScript's where the base is 1 or -1. */
export function power(base: number, exponent: number): number {
  if (base === 1) return 1;
  if (base === -1 && Math.abs(exponent) === Infinity) return 1;
  return base ** exponent;
}

/** Go's math.Max: infinity is greater than NaN. */
export function larger(one: number, other: number): number {
  return one === Infinity || other === Infinity ? Infinity : Math.max(one, other);
}

/** Go's math.Min: -infinity is smaller than NaN. */
export function smaller(one: number, other: number): number {
  return one === -Infinity || other === -Infinity ? -Infinity : Math.min(one, other);
}

/**
 * A quantile of values, interpolated between the two nearest. NaN counts as the smallest.
 * @param values are sorted by this; empty ones have none: NaN
 */
export function quantileOf(quantile: number, values: Float64Array): number {
  if (values.length === 0 || Number.isNaN(quantile)) return NaN;
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;
  sort(values);
  let numbers = values.length;
  while (numbers > 0 && Number.isNaN(values[numbers - 1])) numbers--;
  const at = (index: number) => values[index - (values.length - numbers)] ?? NaN;
  const rank = quantile * (values.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(values.length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return at(lower) * (1 - weight) + at(upper) * weight;
}

/** In ascending order, NaN last. Of few values, the sort of typed arrays costs more to call than to do. */
function sort(values: Float64Array): void {
  if (values.length > 64) {
    values.sort();
    return;
  }
  for (let index = 1; index < values.length; index++) {
    const value = values[index] as number;
    if (Number.isNaN(value)) continue;
    let place = index;
    for (; place > 0; place--) {
      const before = values[place - 1] as number;
      if (before <= value) break;
      values[place] = before;
    }
    values[place] = value;
  }
}
