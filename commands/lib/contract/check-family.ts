import type { CatalogueEntry } from "../../../metrics/catalogue";
import type { LabelSpec } from "../../../metrics/labels";
import { worstCaseLabelSets } from "../../../metrics/series";
import type { ParsedFamily, ParsedSample } from "./exposition";
import type { Finding, FindingKind } from "./findings";

/** Most values that a finding shows. */
const shownValues = 5;

/** Compares one metric with its entry in the catalogue. */
export function checkFamily(family: ParsedFamily, entry: CatalogueEntry): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (kind: FindingKind, message: string) => findings.push({ kind, metric: entry.name, message });
  const type = entry.announcedAs ?? entry.type;
  if (family.type !== type) {
    add(
      "type",
      `must be a ${type}, is ${family.type === "untyped" ? "announced as no type" : `a ${family.type}`}`,
    );
    return findings;
  }
  if (family.unit !== undefined && family.unit !== "" && family.unit !== entry.unit) {
    add("unit", `must be in ${entry.unit}, is announced in ${family.unit}`);
  }
  checkLabels(family, entry, add);
  if (entry.type === "histogram") checkHistogram(family, entry, add);
  checkSeries(family, entry, add);
  return findings;
}

type Add = (kind: FindingKind, message: string) => void;

/** Labels that belong to the type, not to the metric. */
function ownLabels({ labels }: ParsedSample): readonly [string, string][] {
  return Object.entries(labels).filter(([name]) => name !== "le" && name !== "quantile");
}

function checkLabels({ samples }: ParsedFamily, entry: CatalogueEntry, add: Add): void {
  const names = new Set(samples.flatMap((sample) => ownLabels(sample).map(([name]) => name)));
  for (const name of names) {
    if (!Object.hasOwn(entry.labels, name)) add("label", `has the label "${name}", which is not allowed`);
  }
  for (const [name, spec] of Object.entries(entry.labels)) {
    if (samples.some((sample) => !Object.hasOwn(sample.labels, name))) {
      add("label", `lacks the label "${name}"${names.has(name) ? " in some series" : ""}`);
      continue;
    }
    checkValues(name, spec, new Set(samples.map((sample) => sample.labels[name] ?? "")), add);
  }
}

function checkValues(name: string, spec: LabelSpec, values: ReadonlySet<string>, add: Add): void {
  if (spec.kind === "oneOf") {
    const others = [...values].filter((value) => !spec.values.includes(value));
    if (others.length > 0) {
      add("label", `has ${name}=${listed(others)}; allowed are ${spec.values.join(", ")}`);
    }
  }
  if (spec.kind === "bounded") {
    const kept = [...values].filter((value) => value !== spec.rest);
    if (kept.length > spec.max) {
      const bound = `at most ${String(spec.max)}, and "${spec.rest}" for the rest`;
      add("bound", `has ${String(kept.length)} values of ${name}; allowed are ${bound}`);
    }
  }
}

function checkHistogram({ name, samples }: ParsedFamily, entry: CatalogueEntry, add: Add): void {
  for (const part of ["_bucket", "_sum", "_count"]) {
    if (samples.length > 0 && !samples.some((sample) => sample.name === name + part)) {
      add("incomplete", `has no ${name}${part}`);
    }
  }
  const boundsOf = new Map<string, Set<number>>();
  for (const sample of samples) {
    if (sample.name !== `${name}_bucket`) continue;
    const key = JSON.stringify(ownLabels(sample));
    const bounds = boundsOf.get(key) ?? new Set<number>();
    boundsOf.set(key, bounds.add(boundOf(sample.labels.le ?? "")));
  }
  const expected = [...(entry.buckets ?? []), Infinity].join(" ");
  for (const bounds of boundsOf.values()) {
    const found = [...bounds].sort((a, b) => a - b).join(" ");
    if (found !== expected) {
      add("buckets", `must have the buckets ${shown(expected)}, has ${shown(found)}`);
      return;
    }
  }
}

function boundOf(le: string): number {
  return /^\+?Inf$/i.test(le) ? Infinity : Number(le);
}

function shown(bounds: string): string {
  return bounds.replace("Infinity", "+Inf");
}

function checkSeries({ samples }: ParsedFamily, entry: CatalogueEntry, add: Add): void {
  const all = new Set<string>();
  const sets = new Set<string>();
  for (const sample of samples) {
    const series = `${sample.name}${JSON.stringify(Object.entries(sample.labels).sort())}`;
    if (all.has(series)) add("duplicate", `has the series ${series} twice`);
    all.add(series);
    sets.add(JSON.stringify([...ownLabels(sample)].sort()));
  }
  const isOpen = Object.values(entry.labels).some((spec) => spec.kind === "open" && spec.upTo === undefined);
  const most = isOpen ? Infinity : worstCaseLabelSets(entry);
  if (sets.size > most) {
    add("bound", `has ${String(sets.size)} label sets; allowed are ${String(most)}`);
  }
}

function listed(values: readonly string[]): string {
  const some = values.slice(0, shownValues).map((value) => JSON.stringify(value));
  return (
    some.join(", ") + (values.length > shownValues ? ` and ${String(values.length - shownValues)} more` : "")
  );
}
