import type { LabelSelector, VectorExpr } from "@grafana/promql-builder";
import {
  catalogue,
  type CatalogueEntry,
  entries,
  isMetricName,
  type LabelName,
  type MetricName,
  type MetricOf,
  type NameOf,
} from "../catalogue";
import { familyOf } from "../families";
import { describeValue } from "../describe";
import type { LabelValue } from "../labels";
import { report, words } from "../problems";
import { checkWord, isObject } from "../properties";
import {
  type ExporterJob,
  exporters,
  type Service,
  serviceNames,
  targetLabels,
  type TargetLabel,
} from "../targets";
import { labelSelectors, type LabelValues, matches, type Match } from "./matchers";
import type { Recorded, RecordedSeries } from "./recorded";
import { checkLabels } from "./shape";
import { Selector, type Sample, type Shape } from "./vector";

/** The series that a metric is stored as: a histogram's are `_bucket`, `_sum` and `_count`. */
type SeriesOf<N extends MetricName> = MetricOf<N>["type"] extends "histogram"
  ? `${N}_${"bucket" | "sum" | "count"}`
  : MetricOf<N>["type"] extends "summary"
    ? N | `${N}_${"sum" | "count"}`
    : N;

/** Name of a series that can be queried. */
export type SeriesName = { [N in MetricName]: SeriesOf<N> }[MetricName];

/** The metric that a series is of. */
type FamilyOf<S extends SeriesName> = S extends MetricName
  ? S
  : S extends `${infer N extends MetricName}_${"bucket" | "sum" | "count"}`
    ? N
    : never;

/** The label that a series has by its metric's type. */
type OwnLabel<S extends SeriesName> = S extends MetricName
  ? MetricOf<S>["type"] extends "summary"
    ? "quantile"
    : never
  : S extends `${string}_bucket`
    ? "le"
    : never;

/** All labels of a series, those of the scrape included. */
export type SeriesLabel<S extends SeriesName> = LabelName<FamilyOf<S>> | OwnLabel<S> | TargetLabel;

/** What the samples of a series are. */
export type SampleOf<S extends SeriesName> = S extends MetricName
  ? MetricOf<S>["type"] extends "counter"
    ? "counter"
    : "gauge"
  : S extends `${string}_bucket`
    ? "bucket"
    : "counter";

/** The values that a label of a series may be compared with. */
type ValueOf<S extends SeriesName, L> = L extends keyof MetricOf<FamilyOf<S>>["labels"]
  ? LabelValue<MetricOf<FamilyOf<S>>["labels"][L]>
  : L extends "service"
    ? Service | ExporterJob
    : string;

/** What the labels of a series must be; `""` is a label that is not there. */
export type Matchers<S extends SeriesName> = { readonly [L in SeriesLabel<S>]?: Match<ValueOf<S, L> | ""> };

/** What the labels of a recorded series must be. */
export type RecordedMatchers<L extends string> = { readonly [K in L]?: Match<string> };

/**
 * The series of a metric, or of a recording rule, whose labels are as asked.
 * @param series name of a series of the catalogue, or a recording rule made by `recorded` or `recordedSeries`.
 * @param matchers by label: a value, a matcher or several; default: all series.
 */
export function select<const S extends SeriesName>(
  series: S,
  matchers?: Matchers<S>,
): Selector<SeriesLabel<S>, SampleOf<S>>;
export function select<L extends string, T extends Sample>(
  series: Recorded<L, T>,
  matchers?: RecordedMatchers<L>,
): Selector<L, T>;
export function select<L extends string>(
  series: RecordedSeries<L>,
  matchers?: RecordedMatchers<L>,
): Selector<L>;
export function select<L extends string, T extends Sample>(
  series: SeriesName | Recorded<L, T> | RecordedSeries<L>,
  matchers: Readonly<Record<string, Match<string> | undefined>> = {},
): Selector<L, T> {
  const known = typeof series === "string" ? knownSeries(series) : recordedShape(series);
  const name = typeof series === "string" ? series : String((series as Partial<typeof series>).name);
  return new Selector(vector(name, matchersOf(`select(${name})`, name, matchers, known)), known?.shape);
}

/** What a series' labels are asked for; reports labels and values that it cannot have. */
function matchersOf(
  what: string,
  name: string,
  matchers: Readonly<Record<string, Match<string> | undefined>>,
  known: KnownSeries | undefined,
): LabelSelector[] {
  if (!isObject(matchers)) {
    report({ what, found: matchers, allowed: "an object of matchers by label" });
    return [];
  }
  const asked = Object.entries(matchers).filter(([, match]) => match !== undefined);
  checkLabels(
    what,
    asked.map(([label]) => label),
    known?.shape.labels,
  );
  return asked.flatMap(([label, match]) =>
    labelSelectors(name, label, match as Match<string>, known?.values[label]),
  );
}

/** What is known of a series: its shape, and the values of labels that do not take any. */
interface KnownSeries {
  readonly shape: Shape;
  readonly values: Readonly<Record<string, LabelValues>>;
}

const seriesByName = new Map<string, KnownSeries | undefined>();

/** What the catalogue says of a series; reports one that it has not. */
function knownSeries(series: string): KnownSeries | undefined {
  if (!seriesByName.has(series)) seriesByName.set(series, ofCatalogue(series));
  const found = seriesByName.get(series);
  if (found !== undefined) return found;
  const isHistogram = isMetricName(series) && catalogue[series].type === "histogram";
  const all = isHistogram ? partsOf(series) : entries.flatMap(({ name }) => partsOf(name));
  const allowed = isHistogram
    ? `${all.join(", ")}: a histogram is stored as these`
    : "a series of the catalogue, or what recorded gives";
  report({ what: "select", found: series, allowed, candidates: all });
  return undefined;
}

function ofCatalogue(series: string): KnownSeries | undefined {
  const family = familyOf(series);
  if (family === undefined) return undefined;
  const { type, labels }: CatalogueEntry = catalogue[family];
  const own = series.endsWith("_bucket")
    ? ["le"]
    : type === "summary" && series === family
      ? ["quantile"]
      : [];
  const values: Record<string, LabelValues> = {
    // Services may be left out of the catalogue: an expression may match them.
    service: { values: [...serviceNames, ...exporters], isClosed: false },
  };
  for (const [label, spec] of Object.entries(labels)) {
    if (spec.kind === "oneOf") values[label] = { values: spec.values, isClosed: true };
  }
  return {
    shape: { labels: [...Object.keys(labels), ...own, ...targetLabels], sample: sampleOf(series) },
    values,
  };
}

function sampleOf(series: string): Sample {
  if (!isMetricName(series)) return series.endsWith("_bucket") ? "bucket" : "counter";
  return catalogue[series].type === "counter" ? "counter" : "gauge";
}

/** The series that a metric is stored as. */
function partsOf(metric: string): readonly string[] {
  if (!isMetricName(metric)) return [];
  const { type }: CatalogueEntry = catalogue[metric];
  if (type === "histogram") return ["_bucket", "_sum", "_count"].map((part) => metric + part);
  return type === "summary" ? [metric, `${metric}_sum`, `${metric}_count`] : [metric];
}

/** What is known of a recorded series; reports what is none. */
function recordedShape(series: unknown): KnownSeries | undefined {
  if (isObject(series) && typeof series.name === "string") {
    const { labels, expr } = series as { labels?: readonly string[]; expr?: { shape?: Shape } };
    if (labels !== undefined) return { shape: { labels, sample: "gauge" }, values: {} };
    if (expr !== undefined) return expr.shape && { shape: expr.shape, values: {} };
  }
  const found = words(describeValue(series));
  report({ what: "select", found, allowed: "a series of the catalogue, or what recorded gives" });
  return undefined;
}

function vector(metric: string, labels: LabelSelector[]): VectorExpr {
  return { type: "vectorExpr", metric, labels, range: "", offset: "", at: "" };
}

/** Name of a histogram of the catalogue. */
export type HistogramName = NameOf<"histogram">;

/**
 * The observations of a histogram that were no greater than a bound: one bucket, which is a counter.
 * @param bound an upper bound of the histogram's buckets, in its unit.
 * @param matchers by label: a value, a matcher or several; default: all observations.
 */
export function bucketUpTo<const N extends HistogramName>(
  histogram: N,
  bound: number,
  matchers: { readonly [L in LabelName<N>]?: Match<LabelValue<MetricOf<N>["labels"][L]> | ""> } = {},
): Selector<LabelName<N> | "le" | TargetLabel, "counter"> {
  const metric = `${histogram}_bucket`;
  // Prometheus 3 stores whole bounds as "1.0", Prometheus 2 as the service writes them: "1".
  const le = Number.isInteger(bound) ? matches(`${String(bound)}(\\.0)?`) : String(bound);
  const bucket = labelSelectors(metric, "le", le, undefined);
  const histograms = entries.filter(({ type }) => type === "histogram").map(({ name }) => name);
  if (!checkWord("bucketUpTo", histogram, histograms)) return new Selector(vector(metric, bucket));
  const { buckets = [] }: CatalogueEntry = catalogue[histogram];
  const what = `bucketUpTo(${histogram})`;
  if (!buckets.includes(bound)) {
    report({
      what,
      found: bound,
      allowed: `one of its bounds: ${buckets.join(", ")}`,
    });
  }
  const known = knownSeries(metric);
  const node = vector(metric, [...matchersOf(what, metric, matchers, known), ...bucket]);
  return new Selector(node, known && { ...known.shape, sample: "counter" });
}
