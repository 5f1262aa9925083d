import type { CatalogueEntry } from "../catalogue";
import { worstCaseLabelSets } from "../series";
import { checkHistogram } from "./check-histogram";
import { checkLabels } from "./check-labels";
import type { ParsedFamily, ParsedSample } from "./exposition";
import type { Finding, FindingKind } from "./findings";
import { labelSetOf } from "./label-sets";

/** Takes a finding of the metric that is being checked. */
export type Add = (kind: FindingKind, message: string) => void;

/** Compares one metric with its entry in the catalogue. */
export function checkFamily(family: ParsedFamily, entry: CatalogueEntry): readonly Finding[] {
  const findings: Finding[] = [];
  const add: Add = (kind, message) => findings.push({ kind, metric: entry.name, message });
  if (family.types.length > 1) {
    add("type", `is announced as ${family.types.join(" and as ")}; a metric has one type`);
  }
  const type = entry.announcedAs ?? entry.type;
  if ((ofGauges[family.type] ?? family.type) !== type) {
    add(
      "type",
      `must be a ${type}, is ${family.type === "untyped" ? "announced as no type" : withArticle(family.type)}`,
    );
    return findings;
  }
  if (family.unit !== undefined && family.unit !== "" && family.unit !== entry.unit) {
    add("unit", `must be in ${entry.unit}, is announced in ${family.unit}`);
  }
  checkLabels(family, entry, add);
  if (entry.type === "histogram") checkHistogram(family, entry, add);
  if (entry.type === "counter") checkCounter(family, add);
  checkSeries(family, entry, add);
  return findings;
}

function withArticle(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** Types of OpenMetrics that the text format has as gauges. */
const ofGauges: Readonly<Record<string, string>> = { info: "gauge", stateset: "gauge" };

function checkCounter({ samples }: ParsedFamily, add: Add): void {
  const unsound = samples.find(({ value }) => !(value >= 0));
  if (unsound) add("value", `is ${String(unsound.value)}; a counter is 0 or more`);
}

function checkSeries({ samples }: ParsedFamily, entry: CatalogueEntry, add: Add): void {
  const all = new Set<string>();
  const sets = new Set<string>();
  for (const sample of samples) {
    const series = `${sample.name}${JSON.stringify(Object.entries(sample.labels).sort())}`;
    if (all.has(series)) add("duplicate", `has the series ${series} twice`);
    all.add(series);
    sets.add(labelSetOf(withLabelsOf(entry, sample)));
  }
  const isOpen = Object.values(entry.labels).some((spec) => spec.kind === "open" && spec.upTo === undefined);
  const most = isOpen ? Infinity : worstCaseLabelSets(entry);
  if (sets.size > most) {
    add("bound", `has ${String(sets.size)} label sets; allowed are ${String(most)}`);
  }
}

/** A sample without the labels that are not allowed, which have findings of their own. */
function withLabelsOf(entry: CatalogueEntry, sample: ParsedSample): ParsedSample {
  const labels = Object.entries(sample.labels).filter(([name]) => Object.hasOwn(entry.labels, name));
  return { ...sample, labels: Object.fromEntries(labels) };
}
