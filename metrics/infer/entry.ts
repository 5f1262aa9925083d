import { counter, gauge, histogram, type Metric } from "../define";
import { DefinitionError, refusingProblems } from "../problems";
import type { LabelSpec } from "../labels";

/** The types of which a service has metrics of its own. */
export type InferredType = "counter" | "gauge" | "histogram";

/** A label of an entry, with what is uncertain about it. */
export interface InferredLabel {
  readonly name: string;
  /** Labels of several metrics that share the object are one constant in the module. */
  readonly spec: LabelSpec;
  /** For those who read the module. Default: nothing is uncertain. */
  readonly comment?: string;
}

/** An entry of the catalogue as a running service showed it. */
export interface InferredEntry {
  readonly name: string;
  readonly type: InferredType;
  readonly help: string;
  readonly unit: string;
  /** What is uncertain about the unit. Default: nothing. */
  readonly unitComment?: string;
  readonly labels: readonly InferredLabel[];
  /** Of histograms: upper bounds, ascending, without `+Inf`. */
  readonly buckets?: readonly number[];
  /** How many label sets are kept apart, where that is far fewer than the labels' bounds allow. */
  readonly maxLabelSets?: { readonly most: number; readonly seen: number };
}

/**
 * The metric that an entry defines.
 * @throws DefinitionError that says what the catalogue refuses
 */
export function metricOf(entry: InferredEntry): Metric {
  const { name, type, help, unit, labels, buckets, maxLabelSets } = entry;
  const definition = {
    help,
    unit,
    labels: Object.fromEntries(labels.map((label) => [label.name, label.spec])),
    ...(maxLabelSets !== undefined && { maxLabelSets: maxLabelSets.most }),
  };
  // The types are for names that are known when the code is written.
  return refusingProblems((): Metric => {
    if (type === "counter") return counter(name as `${string}_total`, definition);
    if (type === "gauge") return gauge(name, definition as never);
    return histogram(name as `${string}_seconds`, { ...definition, buckets: buckets ?? [] } as never);
  });
}

/** What the catalogue refuses in an entry, in words: `found "jobs", allowed: a counter's name ends in _total`. */
export function refusalOf(entry: InferredEntry): readonly string[] {
  try {
    metricOf(entry);
    return [];
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    const start = `metric ${entry.name}: `;
    return error.problems.map((line) => line.slice(line.indexOf(start) + start.length));
  }
}
