import { entriesOf, type Catalogue } from "../catalogue";
import { unknownNames } from "../contract/unknown-names";
import type { Exposition, ParsedFamily } from "../contract/exposition";
import { labelSetOf } from "../contract/label-sets";
import { numberOf } from "../contract/scanner";
import { exposedAsUnknown, type Named } from "../openmetrics";
import { refusingProblems } from "../problems";
import { worstCaseLabelSets, worstCaseSeries } from "../series";
import { everyService } from "../targets";
import { roundBound } from "./bounds";
import { metricOf, refusalOf, type InferredEntry, type InferredLabel, type InferredType } from "./entry";
import { judgeLabels, labelsOf, SharedBounds, type JudgedLabels } from "./labels";
import { reasonOf, reasonOfEntry, type Reason } from "./left-out";
import { observed } from "./observed";
import { withoutSensitive } from "./sensitive";
import { unitOf } from "./units";

/** A metric that has no entry, and why. */
export interface LeftOut extends Reason {
  readonly metric: string;
}

/** What is to be looked at in an entry. */
export interface Doubt {
  readonly metric: string;
  readonly message: string;
}

/** What a service's `/metrics` tells of it. */
export interface Inferred {
  /** What the catalogue lacks of the service, in the order of the alphabet. */
  readonly entries: readonly InferredEntry[];
  readonly leftOut: readonly LeftOut[];
  readonly doubts: readonly Doubt[];
  /** How many metrics are those of every service, of a runtime or of a client library. */
  readonly common: number;
  /** Most series that an instance can export by the bounds of these entries and those of every service. */
  readonly worstCase: number;
}

/** Where the bounds of its labels allow more label sets than this, a metric has a bound of its own. */
const manyLabelSets = 1_000;

/**
 * Makes entries for a catalogue of what a service exposes. Each of them is right for all that was seen: the contract
 * check finds nothing about its metric. Values that look like secrets or personal data are in none of them.
 * @param scrapes of one service, at least one
 * @param catalogue without the service's own metrics
 * @throws DefinitionError when something is wrong in the catalogue
 */
export function infer(scrapes: readonly Exposition[], catalogue: Catalogue): Inferred {
  refusingProblems(() => undefined);
  const families = observed(scrapes);
  const ofEvery = entriesOf(catalogue).filter(({ exportedBy }) => exportedBy.includes(everyService));
  const isOpen = scrapes.some(({ format }) => format === "OpenMetrics");
  const own = unknownNames(families, ofEvery, isOpen ? "OpenMetrics" : "text").flatMap(
    (name) => families.get(name) ?? [],
  );
  const leftOut: LeftOut[] = [];
  const candidates: (readonly [ParsedFamily, JudgedLabels])[] = [];
  for (const each of own) {
    const family = isOpen ? withoutClash(each, families) : each;
    const reason = reasonOf(family, catalogue);
    if (reason === undefined) candidates.push([family, judgeLabels(family)]);
    else leftOut.push({ metric: each.name, ...reason });
  }
  const bounds = new SharedBounds(candidates.map(([, judged]) => judged));
  const entries: InferredEntry[] = [];
  const doubts: Doubt[] = [];
  for (const [family, judged] of candidates) {
    const made = withBound(entryOf(family, labelsOf(family, judged, bounds)), family);
    const reason = reasonOfEntry(made, family, scrapes);
    if (reason === undefined) {
      entries.push(made);
      doubts.push(...doubtsOf(made, family, judged));
    } else leftOut.push({ metric: made.name, ...reason });
  }
  leftOut.sort((one, other) => (one.metric < other.metric ? -1 : 1));
  const worstCase = [...ofEvery, ...entries.map(metricOf)].reduce(
    (sum, each) => sum + worstCaseSeries(each),
    0,
  );
  return { entries, leftOut, doubts, common: families.size - own.length, worstCase };
}

/** Types that take more names in OpenMetrics than their metric's. */
const takingNames: ReadonlySet<string> = new Set<Named["type"]>([
  "counter",
  "gauge",
  "histogram",
  "summary",
  "info",
]);

/** In OpenMetrics a counter whose name clashes with another's is exposed as `unknown`, and is a counter all the same. */
function withoutClash(family: ParsedFamily, families: ReadonlyMap<string, ParsedFamily>): ParsedFamily {
  if (family.type !== "untyped" || !family.name.endsWith("_total")) return family;
  const typed = [...families.values()].filter((each): each is ParsedFamily & Named =>
    takingNames.has(each.type),
  );
  const counter = { name: family.name, type: "counter" } as const;
  return exposedAsUnknown([...typed, counter]).has(family.name)
    ? { ...family, type: "counter", types: ["counter"] }
    : family;
}

/** Types that OpenMetrics keeps apart from gauges, and the catalogue does not. */
const typeOf = (type: string): InferredType => (type === "counter" || type === "histogram" ? type : "gauge");

function entryOf(family: ParsedFamily, labels: readonly InferredLabel[]): InferredEntry {
  const { name, type, help = "", samples } = family;
  const { unit, doubt } = unitOf(name, type, family.unit);
  return {
    name,
    type: typeOf(type),
    help: withoutSensitive(help.replace(/\s+/g, " ").trim()),
    unit,
    ...(doubt !== undefined && { unitComment: `${doubt.charAt(0).toUpperCase()}${doubt.slice(1)}.` }),
    labels,
    ...(type === "histogram" && { buckets: boundsOf(samples) }),
  };
}

function boundsOf(samples: ParsedFamily["samples"]): readonly number[] {
  const bounds = new Set(
    samples.flatMap(({ labels: { le } }) => (le === undefined ? [] : [numberOf(le) ?? NaN])),
  );
  return [...bounds].filter(Number.isFinite).sort((one, other) => one - other);
}

/** Bounds the label sets of a metric whose labels allow far more of them than there are. */
function withBound(entry: InferredEntry, { samples }: ParsedFamily): InferredEntry {
  if (refusalOf(entry).length > 0) return entry;
  const most = worstCaseLabelSets(metricOf(entry));
  if (most <= manyLabelSets) return entry;
  const seen = new Set(samples.map(labelSetOf)).size;
  const bound = { ...entry, maxLabelSets: { most: roundBound(seen, true, 100), seen } };
  return worstCaseLabelSets(metricOf(bound)) < most ? bound : entry;
}

function doubtsOf({ name, help, unit }: InferredEntry, family: ParsedFamily, judged: JudgedLabels): Doubt[] {
  const { doubt } = unitOf(name, family.type, family.unit);
  return [
    ...(help.includes("…") && family.help?.includes("…") !== true
      ? ["its HELP held what looks like a secret or personal data; an ellipsis stands for it"]
      : []),
    ...(doubt === undefined ? [] : [`unit "${unit}": ${doubt}`]),
    ...[...judged].flatMap(([label, found]) =>
      found.kind === "many" && found.doubt !== undefined ? [`label ${label}: ${found.doubt}`] : [],
    ),
  ].map((message) => ({ metric: name, message }));
}
