import { catalogue, type LabelName, type MetricName, type MetricOf, type NameOf } from "../catalogue";
import { familyOf } from "../families";
import type { LabelSpec, LabelValue } from "../labels";
import type { ExporterJob, Service, TargetLabel } from "../targets";
import { labelSelectors, matches, type Match } from "./matchers";
import type { Recorded, RecordedSeries } from "./recorded";
import { Selector, type Sample } from "./vector";

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
 * @throws Error when a matcher can match none of the label's allowed values.
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
  const name = typeof series === "string" ? series : series.name;
  const labels = matchersOf(name, matchers);
  return new Selector({ type: "vectorExpr", metric: name, labels, range: "", offset: "", at: "" });
}

/** Name of a histogram of the catalogue. */
export type HistogramName = NameOf<"histogram">;

/**
 * The observations of a histogram that were no greater than a bound: one bucket, which is a counter.
 * @param bound an upper bound of the histogram's buckets, in its unit.
 * @param matchers by label: a value, a matcher or several; default: all observations.
 * @throws RangeError when the histogram has no bucket with that bound.
 */
export function bucketUpTo<const N extends HistogramName>(
  histogram: N,
  bound: number,
  matchers: { readonly [L in LabelName<N>]?: Match<LabelValue<MetricOf<N>["labels"][L]> | ""> } = {},
): Selector<LabelName<N> | "le" | TargetLabel, "counter"> {
  const buckets = catalogue[histogram].buckets ?? [];
  if (!buckets.includes(bound)) {
    throw new RangeError(
      `${histogram} has no bucket up to ${String(bound)}: its bounds are ${buckets.join(", ")}.`,
    );
  }
  // Prometheus 3 stores whole bounds as "1.0", Prometheus 2 as the service writes them: "1".
  const le = Number.isInteger(bound) ? matches(`${String(bound)}(\\.0)?`) : String(bound);
  const metric = `${histogram}_bucket`;
  const labels = [...matchersOf(metric, matchers), ...labelSelectors(metric, "le", le, undefined)];
  return new Selector({ type: "vectorExpr", metric, labels, range: "", offset: "", at: "" });
}

function matchersOf(series: string, matchers: Readonly<Record<string, Match<string> | undefined>>) {
  return Object.entries(matchers).flatMap(([label, match]) =>
    match === undefined ? [] : labelSelectors(series, label, match, specOf(series, label)),
  );
}

function specOf(series: string, label: string): LabelSpec | undefined {
  const family = familyOf(series);
  return family && (catalogue[family].labels as Readonly<Record<string, LabelSpec>>)[label];
}
