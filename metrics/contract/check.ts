import { entriesOf, type Catalogue, type CatalogueEntry } from "../catalogue";
import { didYouMean, nearest } from "../describe";
import { exposedAsUnknown, openMetricsClashes, type Named } from "../openmetrics";
import { knownLabelSets } from "../series";
import { everyService } from "../targets";
import { checkFamily } from "./check-family";
import type { Exposition, ParsedFamily } from "./exposition";
import type { Finding } from "./findings";
import { unknownNames } from "./unknown-names";

/** Whose metrics are checked. */
export interface Subject {
  readonly catalogue: Catalogue;
  /** A service of the catalogue. Default: any service, for what all services have in common. */
  readonly service?: string | undefined;
}

/** Owners of what client libraries export by themselves, and each language its own. */
const runtimeOwners: readonly string[] = ["nodejs", "process"];

/**
 * Compares what a service exposes with the catalogue. What a runtime exports by itself is required of Node services
 * only; where another one has a metric of that name, it must fit all the same.
 */
export function checkContract(
  { families, format }: Exposition,
  { catalogue, service }: Subject,
): readonly Finding[] {
  // OpenTelemetry measures runtimes by metrics of its own.
  const isNode = format !== "OTLP" && [...families.keys()].some((name) => name.startsWith("nodejs_"));
  const expected = entriesOf(catalogue).filter(({ exportedBy }) =>
    exportedBy.some((by) => by === everyService || by === service),
  );
  const findings: Finding[] = [];
  const mayBeUntyped = format === "OpenMetrics" ? exposedAsUnknown(expected) : new Set<string>();
  const unknown = service === undefined ? [] : unknownNames(families, expected, format);
  for (const entry of expected) {
    const family = families.get(entry.name);
    const isClashing = family?.type === "untyped" && mayBeUntyped.has(entry.name);
    if (family) findings.push(...checkFamily(isClashing ? { ...family, type: entry.type } : family, entry));
    else if (isRequired(entry, isNode)) {
      const isFormer = entry.formerly !== undefined && families.has(entry.formerly);
      findings.push(isFormer ? underFormerName(entry, entry.formerly) : missing(entry, unknown, format));
    }
  }
  const absent = expected.map(({ name }) => name).filter((name) => !families.has(name));
  for (const name of unknown) {
    const instrument = families.get(name)?.instrument;
    const origin = instrument === undefined ? "" : `, made of the instrument ${instrument}`;
    const message = `the catalogue has no such metric of ${String(service)}${origin}${didYouMean(name, absent)}`;
    findings.push({ kind: "unknown", metric: name, message });
  }
  const clashes = format === "OpenMetrics" ? clashesIn(families) : [];
  const former = new Set(expected.flatMap(({ formerly }) => formerly ?? []));
  const counted = [...families.values()].filter(({ name }) => !former.has(name));
  return [...findings, ...clashes, ...overBudget(counted, catalogue, service)];
}

/**
 * Whether a target that exports a metric by the catalogue must do so at all times. Under a former name it need not: what
 * reads the metric reads both.
 */
export function isRequired({ owner, absentWhen, formerNameOf }: CatalogueEntry, isNode: boolean): boolean {
  const isFormer = formerNameOf !== undefined;
  return !isFormer && absentWhen === undefined && (isNode || !runtimeOwners.includes(owner));
}

/** A metric whose renaming has not come to this service. */
function underFormerName({ name }: CatalogueEntry, formerly: string): Finding {
  const message = `is exposed by its former name ${formerly} alone; deploy the service with the catalogue of today`;
  return { kind: "missing", metric: name, message };
}

/** A metric that is not there; one that differs in its unit alone, or by a slip, is likely meant. */
function missing(entry: CatalogueEntry, unknown: readonly string[], format: Exposition["format"]): Finding {
  const { name, unit } = entry;
  const stem = withoutUnit(name);
  const inOtherUnit = unknown.find((other) => stem !== name && withoutUnit(other) === stem);
  if (inOtherUnit !== undefined) {
    return { kind: "unit", metric: name, message: `must be in ${unit}, but there is ${inOtherUnit}` };
  }
  const meant = nearest(name, unknown);
  // Clients that show no metric without a series, as Go's, and all SDKs of OpenTelemetry.
  const isLater = knownLabelSets(entry) === undefined || format === "OTLP";
  const hint =
    meant !== undefined ? `; did you mean it by ${meant}?` : isLater ? ", or nothing was counted yet" : "";
  return {
    kind: "missing",
    metric: name,
    message: `is not ${format === "OTLP" ? "sent" : "exposed"}${hint}`,
  };
}

const unitAtEnd =
  /_(seconds|milliseconds|ms|microseconds|minutes|bytes|kilobytes|megabytes|dollars|cents|euros|ratio|percent)(_total)?$/;

function withoutUnit(name: string): string {
  return name.replace(unitAtEnd, "$2");
}

/** Pairs of metrics of which a strict parser of OpenMetrics reads neither, nor anything else of the exposition. */
function clashesIn(families: ReadonlyMap<string, ParsedFamily>): readonly Finding[] {
  const known = [...families.values()].filter((family): family is ParsedFamily & Named =>
    clashingTypes.has(family.type),
  );
  return openMetricsClashes(known).map(({ metrics: [one, other], names, unknown }) => {
    const mending = unknown === undefined ? "rename one of them" : `expose ${unknown} as unknown`;
    const message = `takes ${names.join(", ")} in OpenMetrics, as ${other} does; ${mending}`;
    return { kind: "clash", metric: one, message };
  });
}

const clashingTypes: ReadonlySet<string> = new Set<Named["type"]>([
  ...(["counter", "gauge", "histogram", "summary", "info", "untyped"] as const),
]);

function overBudget(
  families: readonly ParsedFamily[],
  { services }: Catalogue,
  service: string | undefined,
): readonly Finding[] {
  const budget = service === undefined ? undefined : services[service]?.seriesBudget;
  if (service === undefined || budget === undefined) return [];
  const series = families.reduce((sum, { samples }) => sum + samples.length, 0);
  if (series <= budget) return [];
  const message = `exposes ${String(series)} series, and its budget is ${String(budget)}`;
  return [{ kind: "bound", metric: service, message }];
}
