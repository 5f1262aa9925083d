import { entries, type CatalogueEntry } from "../../../metrics/catalogue";
import { everyService, services, type Service } from "../../../metrics/targets";
import { checkFamily } from "./check-family";
import type { ParsedFamily } from "./exposition";
import type { Finding } from "./findings";

/** Whose metrics are checked: a service of the catalogue, or any service, for what all services have in common. */
export type Subject = Service | "any service";

/** Owners of what client libraries export by themselves, and each language its own. */
const runtimeOwners: readonly string[] = ["nodejs", "process"];
/** Metrics of runtimes and client libraries that the catalogue does not list. */
const foreignRuntimes = /^(python|go|jvm|jdk|dotnet|ruby|rust|php|promhttp|process)_/;

/**
 * Compares what a service exposes with the catalogue. What a runtime exports by itself is required of Node services
 * only; where another one has a metric of that name, it must fit all the same.
 */
export function checkContract(
  families: ReadonlyMap<string, ParsedFamily>,
  subject: Subject,
): readonly Finding[] {
  const isNode = [...families.keys()].some((name) => name.startsWith("nodejs_"));
  const expected = entries.filter(({ exportedBy }) =>
    exportedBy.some((by) => by === everyService || by === subject),
  );
  const findings: Finding[] = [];
  const unknown =
    subject === "any service" ? [] : [...families.keys()].filter((name) => !isKnown(name, expected));
  for (const entry of expected) {
    const family = families.get(entry.name);
    if (family) findings.push(...checkFamily(family, entry));
    else if (isRequired(entry, isNode)) findings.push(missing(entry, unknown));
  }
  for (const name of unknown) {
    findings.push({
      kind: "unknown",
      metric: name,
      message: `the catalogue has no such metric of ${subject}`,
    });
  }
  return [...findings, ...overBudget(families, subject)];
}

function isRequired({ owner, absentWhen }: CatalogueEntry, isNode: boolean): boolean {
  return absentWhen === undefined && (isNode || !runtimeOwners.includes(owner));
}

function isKnown(name: string, expected: readonly CatalogueEntry[]): boolean {
  if (foreignRuntimes.test(name)) return true;
  if (expected.some((entry) => entry.name === name)) return true;
  // Python's client exposes the time at which a counter or histogram was created as a gauge of its own.
  const created = /^(.*)_created$/.exec(name)?.[1];
  return expected.some((entry) => entry.name === created || entry.name === `${created ?? ""}_total`);
}

/** A metric that is not there; one that differs in its unit alone is likely meant. */
function missing({ name, unit }: CatalogueEntry, unknown: readonly string[]): Finding {
  const stem = withoutUnit(name);
  const meant = unknown.find((other) => stem !== name && withoutUnit(other) === stem);
  return meant === undefined
    ? { kind: "missing", metric: name, message: "is not exposed" }
    : { kind: "unit", metric: name, message: `must be in ${unit}, but there is ${meant}` };
}

const unitAtEnd =
  /_(seconds|milliseconds|ms|microseconds|minutes|bytes|kilobytes|megabytes|dollars|cents|euros|ratio|percent)(_total)?$/;

function withoutUnit(name: string): string {
  return name.replace(unitAtEnd, "$2");
}

function overBudget(families: ReadonlyMap<string, ParsedFamily>, subject: Subject): readonly Finding[] {
  if (subject === "any service") return [];
  const budget = services[subject].seriesBudget;
  const series = [...families.values()].reduce((sum, { samples }) => sum + samples.length, 0);
  if (series <= budget) return [];
  const message = `exposes ${String(series)} series, and its budget is ${String(budget)}`;
  return [{ kind: "bound", metric: subject, message }];
}
