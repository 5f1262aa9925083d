import type { Entry, ExpositionFormat, Metadata, ParsedFamily, ParsedSample } from "./exposition";

interface Family {
  types: string[];
  unit: string | undefined;
  help: string | undefined;
  samples: ParsedSample[];
}

/** What the names of a type's samples add to its metric's name; an empty text where it is the name itself. */
const suffixes: Readonly<Record<ExpositionFormat, Readonly<Record<string, readonly string[]>>>> = {
  text: {
    histogram: ["_bucket", "_sum", "_count"],
    summary: ["", "_sum", "_count"],
  },
  OpenMetrics: {
    counter: ["_total", "_created"],
    histogram: ["_bucket", "_sum", "_count", "_created"],
    gaugehistogram: ["_bucket", "_gsum", "_gcount"],
    summary: ["", "_sum", "_count", "_created"],
    info: ["_info"],
  },
};

/** What OpenMetrics leaves out in the names of some types. */
const addedToName: Readonly<Record<string, string>> = { counter: "_total", info: "_info" };

/** The metrics of an exposition by name, each with its samples. */
export function familiesOf(
  entries: readonly Entry[],
  format: ExpositionFormat,
): ReadonlyMap<string, ParsedFamily> {
  const families = new Map<string, Family>();
  const familyCalled = (name: string): Family => {
    const family = families.get(name) ?? { types: [], unit: undefined, help: undefined, samples: [] };
    families.set(name, family);
    return family;
  };
  for (const entry of entries) {
    if ("kind" in entry) describe(familyCalled(entry.name.replaceAll('"', "")), entry, format);
    else familyCalled(nameOfFamily(entry.name, families, format)).samples.push(entry);
  }
  return normalized(families, format);
}

function describe(family: Family, { kind, text }: Metadata, format: ExpositionFormat): void {
  if (kind === "UNIT") family.unit = text;
  if (kind === "HELP") family.help = unescaped(text, format);
  if (kind !== "TYPE") return;
  const type = text === "unknown" ? "untyped" : text;
  family.types = [...family.types.filter((other) => other !== type), type];
}

/** A help text as it was meant: in OpenMetrics quotes are escaped, too. */
function unescaped(text: string, format: ExpositionFormat): string {
  const escape = format === "OpenMetrics" ? /\\([\\n"])/g : /\\([\\n])/g;
  return text.replace(escape, (_all, character: string) => (character === "n" ? "\n" : character));
}

/** The metric that a sample belongs to: one whose announced name it has, with what its type adds. */
function nameOfFamily(
  sample: string,
  families: ReadonlyMap<string, Family>,
  format: ExpositionFormat,
): string {
  if (families.has(sample)) return sample;
  for (const [type, added] of Object.entries(suffixes[format])) {
    const suffix = added.find((each) => each !== "" && sample.endsWith(each));
    const name = suffix === undefined ? sample : sample.slice(0, -suffix.length);
    if (families.get(name)?.types.at(-1) === type) return name;
  }
  return sample;
}

/** Gives counters and infos of OpenMetrics their full name, and drops the times of creation, which are no metrics of their own. */
function normalized(
  families: ReadonlyMap<string, Family>,
  format: ExpositionFormat,
): ReadonlyMap<string, ParsedFamily> {
  const result = new Map<string, ParsedFamily>();
  for (const [name, { types, unit, help, samples }] of families) {
    const type = types.at(-1) ?? "untyped";
    // A sample with the short name alone is a series of that name: no counter of that name is exposed then.
    const added = format === "OpenMetrics" ? addedToName[type] : undefined;
    const isNamed = samples.length === 0 || samples.some((sample) => sample.name !== name);
    const fullName = added !== undefined && isNamed ? name + added : name;
    const kept = samples.filter((sample) => sample.name === name || !sample.name.endsWith("_created"));
    result.set(fullName, { name: fullName, type, types, unit, help, samples: kept });
  }
  return result;
}
