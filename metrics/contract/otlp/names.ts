/**
 * The names that Prometheus 3 gives what comes by OTLP, with its default `translation_strategy`,
 * `UnderscoreEscapingWithSuffixes`: https://prometheus.io/docs/guides/opentelemetry/ and, rule by rule,
 * https://github.com/prometheus/otlptranslator (`metric_namer.go`, `unit_namer.go`, `label_namer.go`).
 */

/** What of an instrument decides its metric's name. */
export interface Instrument {
  readonly name: string;
  /** In UCUM, such as `s`, `By` or `{request}`. */
  readonly unit: string;
  /** A sum that is not monotonic is an `up-down counter`, which is a gauge in Prometheus. */
  readonly type: "counter" | "up-down counter" | "gauge" | "histogram" | "exponential histogram" | "summary";
}

const units: Readonly<Record<string, string>> = {
  ...{ d: "days", h: "hours", min: "minutes", s: "seconds" },
  ...{ ms: "milliseconds", us: "microseconds", ns: "nanoseconds" },
  ...{ By: "bytes", KiBy: "kibibytes", MiBy: "mebibytes", GiBy: "gibibytes", TiBy: "tibibytes" },
  ...{ KBy: "kilobytes", MBy: "megabytes", GBy: "gigabytes", TBy: "terabytes" },
  ...{ m: "meters", V: "volts", A: "amperes", J: "joules", W: "watts", g: "grams" },
  ...{ Cel: "celsius", Hz: "hertz", "1": "", "%": "percent" },
};
const perUnits: Readonly<Record<string, string>> = {
  ...{ s: "second", m: "minute", h: "hour", d: "day", w: "week", mo: "month", y: "year" },
};

/** A metric's name; undefined where nothing of the instrument's can be in one, so that Prometheus refuses it. */
export function metricNameOf({ name, unit, type }: Instrument): string | undefined {
  const words = withUnit(
    name.split(/[^a-zA-Z0-9:]+/).filter((word) => word !== ""),
    unit,
  );
  const full =
    type === "counter"
      ? endingIn("total", words)
      : type === "gauge" && unit === "1"
        ? endingIn("ratio", words)
        : words;
  const joined = full.join("_");
  if (joined === "") return undefined;
  return /^\d/.test(joined) ? `_${joined}` : joined;
}

/** A unit as metadata has it; empty where it is none in Prometheus, such as `1` and `{request}`. */
export function unitNameOf(unit: string): string {
  const [main, per] = unitParts(unit);
  return [main, per]
    .filter((part) => part !== "")
    .join("_")
    .replace(/^_|_$/g, "");
}

/** A label's name; undefined where nothing of the attribute's can be in one, so that Prometheus refuses it. */
export function labelNameOf(attribute: string): string | undefined {
  // Unlike in metrics' names, several of them stay several.
  const name = attribute.replace(/[^a-zA-Z0-9]/gu, "_");
  if (/^(__+)?$/.test(name)) return undefined;
  if (/^\d/.test(name)) return `key_${name}`;
  return /^_(?!_)/.test(name) ? `key${name}` : name;
}

function endingIn(word: string, words: readonly string[]): readonly string[] {
  return [...words.filter((other) => other !== word), word];
}

/** Adds the parts of a unit that are not among the words. */
function withUnit(words: readonly string[], unit: string): readonly string[] {
  const [main, per] = unitParts(unit);
  const added = words.includes(main) ? "" : main;
  const addedPer = per === "per_" ? "" : per.replace(/_$/, "");
  return [...words, addedPer === "" ? added : added.replace(/_$/, ""), addedPer].filter(
    (word) => word !== "",
  );
}

/** The unit and, behind a slash, what it is measured by; what is in braces is a remark. */
function unitParts(unit: string): readonly [string, string] {
  const slash = unit.indexOf("/");
  const part = (text: string, known: Readonly<Record<string, string>>) => {
    const trimmed = text.trim();
    if (trimmed === "" || /[{}]/.test(trimmed)) return "";
    return Object.hasOwn(known, trimmed) ? (known[trimmed] ?? "") : trimmed;
  };
  const main = part(slash < 0 ? unit : unit.slice(0, slash), units);
  const per = slash < 0 ? "" : part(unit.slice(slash + 1), perUnits);
  return [cleaned(main), per === "" ? "" : cleaned(`per_${per}`)];
}

function cleaned(unit: string): string {
  return unit
    .replace(/[^a-zA-Z0-9:]/gu, "_")
    .replace(/__+/g, "_")
    .replace(/^_/, "");
}
