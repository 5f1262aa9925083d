import { metricsOf, servicesOf, underOwnNames, type Catalogue } from "./catalogue";
import type { Metric } from "./define";
import type { LabelSpec } from "./labels";

/** Quantiles that summaries of the Go client give. */
const summaryQuantiles = 3;

/**
 * Most label sets that one target can give a metric: the product of its labels' bounds, or its own lower bound and
 * the label sets that what is beyond falls into.
 * @param unknown how many values to count of the labels that have no bound, of all of them together: they mostly go
 * together, as a disk and its mount point do. Default: none, such a label is an error
 * @throws Error when a label has no bound.
 */
export function worstCaseLabelSets(metric: Metric, unknown?: number): number {
  const all = Object.entries(metric.labels);
  const specs = unknown === undefined ? all : all.filter(([, spec]) => hasBound(spec));
  const ofOthers = specs.length < all.length ? (unknown ?? 1) : 1;
  const product = ofOthers * multiply(specs.map(([label, spec]) => valuesOf(metric, label, spec)));
  if (metric.maxLabelSets === undefined) return product;
  const beyond = multiply(specs.map(([label, spec]) => (hasRest(spec) ? 1 : valuesOf(metric, label, spec))));
  return Math.min(product, metric.maxLabelSets + beyond);
}

/** Series of one label set: a histogram has its buckets, `+Inf`, sum and count. */
export function seriesPerLabelSet(metric: Metric): number {
  switch (metric.type) {
    case "counter":
    case "gauge":
      return 1;
    case "histogram":
      return (metric.buckets?.length ?? 0) + 3;
    case "summary":
      return summaryQuantiles + 2;
  }
}

/**
 * Most series that one target can give a metric.
 * @throws Error when a label has no bound.
 */
export function worstCaseSeries(metric: Metric): number {
  return worstCaseLabelSets(metric) * seriesPerLabelSet(metric);
}

/** The series of one service against its budget. */
export interface SeriesOfService {
  readonly service: string;
  /** Most series that one instance can export. */
  readonly worstCase: number;
  /** Most that it may export. */
  readonly budget: number;
  /** The metrics, that with most series first. */
  readonly metrics: readonly { readonly name: string; readonly series: number }[];
}

/**
 * The worst case of the series of a catalogue's service. Former names are not counted: they are there while a metric is
 * being renamed only.
 */
export function seriesOf(catalogue: Catalogue, service: string): SeriesOfService {
  const counted = underOwnNames(metricsOf(catalogue, service)).map((metric) => ({
    name: metric.name,
    series: worstCaseSeries(metric),
  }));
  return {
    service,
    worstCase: counted.reduce((sum, { series }) => sum + series, 0),
    budget: catalogue.services[service]?.seriesBudget ?? 0,
    metrics: counted.sort((a, b) => b.series - a.series || a.name.localeCompare(b.name, "en")),
  };
}

/** Which services of a catalogue are over budget, in words; empty where all is well. */
export function seriesOverBudget(catalogue: Catalogue): string[] {
  return servicesOf(catalogue)
    .map((name) => seriesOf(catalogue, name))
    .filter(({ worstCase, budget }) => worstCase > budget)
    .map(({ service, worstCase, budget, metrics }) => {
      const most = metrics.slice(0, 3).map(({ name, series }) => `${name} ${String(series)}`);
      return (
        `${service} can export ${String(worstCase)} series, and its budget is ${String(budget)}. ` +
        `Most are of ${most.join(", ")}: give a label fewer values, or the metric fewer buckets.`
      );
    });
}

/**
 * All label sets of a metric whose labels have closed sets of values, so that its series can exist at 0 from the
 * start; undefined where a label's values are known at run time only.
 */
export function knownLabelSets(metric: Metric): readonly Readonly<Record<string, string>>[] | undefined {
  let sets: Readonly<Record<string, string>>[] = [{}];
  for (const [label, spec] of Object.entries(metric.labels)) {
    if (spec.kind !== "oneOf") return undefined;
    sets = sets.flatMap((set) => spec.values.map((value) => ({ ...set, [label]: value })));
  }
  return sets;
}

function valuesOf(metric: Metric, label: string, spec: LabelSpec): number {
  switch (spec.kind) {
    case "oneOf":
      return spec.values.length;
    case "bounded":
      return spec.max + 1;
    case "follows":
      return 1;
    case "open":
      if (spec.upTo === undefined) {
        throw new Error(`${metric.name}: the label ${label} has no bound, so its series cannot be counted.`);
      }
      return spec.upTo;
  }
}

function hasBound(spec: LabelSpec): boolean {
  return spec.kind !== "open" || spec.upTo !== undefined;
}

/** Whether the label has a value for what is beyond the metric's bound. */
function hasRest(spec: LabelSpec): boolean {
  return spec.kind !== "open" && spec.rest !== undefined;
}

function multiply(factors: readonly number[]): number {
  return factors.reduce((product, factor) => product * factor, 1);
}
