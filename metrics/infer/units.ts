import { baseUnits } from "../definition";

/** A unit as a metric tells it. */
export interface InferredUnit {
  readonly unit: string;
  /** What is uncertain about it, or better in another unit, for people. Default: nothing. */
  readonly doubt?: string;
}

/** Units that are no base units, by the words that names end in. */
const otherUnits: Readonly<Record<string, readonly [unit: string, base: string]>> = {
  ms: ["milliseconds", "seconds"],
  millis: ["milliseconds", "seconds"],
  milliseconds: ["milliseconds", "seconds"],
  us: ["microseconds", "seconds"],
  microseconds: ["microseconds", "seconds"],
  ns: ["nanoseconds", "seconds"],
  nanoseconds: ["nanoseconds", "seconds"],
  minutes: ["minutes", "seconds"],
  hours: ["hours", "seconds"],
  days: ["days", "seconds"],
  kb: ["kilobytes", "bytes"],
  kilobytes: ["kilobytes", "bytes"],
  mb: ["megabytes", "bytes"],
  megabytes: ["megabytes", "bytes"],
  percent: ["percent", "ratio"],
  cents: ["cents", "dollars"],
};

/** Words that end like what can be counted, and cannot. */
const notCounted: ReadonlySet<string> = new Set([
  ...[
    "status",
    "success",
    "process",
    "address",
    "class",
    "access",
    "progress",
    "ms",
    "us",
    "ns",
    "is",
    "has",
    "was",
  ],
]);

/**
 * The unit of a metric: that in which its name ends, the one that it announces, or what its name says is counted.
 * @param announced by OpenMetrics' UNIT
 * @param type as announced
 */
export function unitOf(name: string, type: string, announced: string | undefined): InferredUnit {
  const stem = name.replace(/_total$/, "");
  const base = baseUnits.find((unit) => stem.endsWith(`_${unit}`));
  if (base !== undefined) return { unit: base };
  if (announced !== undefined && announced !== "") return { unit: announced };
  if (type === "info" || name.endsWith("_info")) return { unit: "constant 1" };
  if (type === "stateset") return { unit: "boolean" };
  const words = stem.split(/[_:]/).filter((word) => word !== "");
  const last = words.at(-1)?.toLowerCase() ?? "";
  const other = Object.hasOwn(otherUnits, last) ? otherUnits[last] : undefined;
  if (other !== undefined) {
    const [unit, instead] = other;
    return { unit, doubt: `it is in ${unit}, where Prometheus's own unit is ${instead}` };
  }
  const counted = words.filter((word) => /[a-z]{2}s$/.test(word) && !notCounted.has(word)).at(-1);
  if (counted !== undefined) return { unit: counted };
  return { unit: words.join(" "), doubt: "the name does not tell the unit: say what is counted" };
}
