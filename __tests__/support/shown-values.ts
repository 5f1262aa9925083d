// Reads the numbers that a panel shows back from their texts. It knows nothing of how the page writes them.

/** What may stand behind a number of a unit, and how much one of it is. */
type Suffixes = Readonly<Record<string, number>>;

const counts: Suffixes = { "": 1, K: 1e3, Mil: 1e6, M: 1e6, Bil: 1e9, B: 1e9, Tri: 1e12, T: 1e12 };

function counted(word: string): Suffixes {
  return Object.fromEntries(
    Object.entries(counts).map(([prefix, factor]) => [`${prefix} ${word}`.trim(), factor]),
  );
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const suffixes: Readonly<Record<string, Suffixes>> = {
  none: { "": 1 },
  short: counts,
  percentunit: { "%": 0.01 },
  s: {
    ns: 1e-9,
    µs: 1e-6,
    ms: 1e-3,
    s: 1,
    min: minute,
    mins: minute,
    hour,
    hours: hour,
    day,
    days: day,
    week: 7 * day,
    weeks: 7 * day,
    year: 365.25 * day,
    years: 365.25 * day,
  },
  currencyUSD: counts,
  bytes: { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 },
  Bps: { "B/s": 1, "kB/s": 1e3, "MB/s": 1e6, "GB/s": 1e9 },
  pps: { "p/s": 1, "kp/s": 1e3, "Mp/s": 1e6 },
  reqps: counted("req/s"),
  cps: counted("c/s"),
  "suffix:×": { "×": 1 },
};

/** A number as it is shown. */
export interface ShownNumber {
  readonly value: number;
  /** Half of the last digit that is shown. */
  readonly tolerance: number;
}

/**
 * The number in a text such as `62.1 ms`.
 * @param unit Grafana's name for it
 * @throws Error where the text is no number of that unit
 */
export function shownNumber(text: string, unit: string): ShownNumber {
  const known = suffixes[unit];
  if (known === undefined) throw new Error(`The test does not know the unit ${unit}: add it to suffixes.`);
  const [, sign = "", dollar, digits = "", suffix = ""] =
    /^(-?)(\$?)(\d+(?:\.\d+)?)\s*(.*)$/.exec(text) ?? [];
  const factor = known[suffix.trim()];
  if (factor === undefined || digits === "" || (dollar === "$") !== (unit === "currencyUSD"))
    throw new Error(`"${text}" is no number of the unit ${unit}.`);
  const decimals = digits.split(".")[1]?.length ?? 0;
  const value = Number(sign + digits) * factor;
  return { value, tolerance: 0.5000001 * 10 ** -decimals * factor };
}

/** Whether a text shows a number, rounded as its digits are. */
export function shows(text: string, unit: string, value: number): boolean {
  const shown = shownNumber(text, unit);
  return Math.abs(shown.value - value) <= shown.tolerance + 1e-9 * Math.abs(value);
}
