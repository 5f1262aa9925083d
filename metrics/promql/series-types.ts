import type { Catalogue, LabelName, MetricName, MetricOf, NameOf, ServiceOf } from "../catalogue";
import type { LabelValue } from "../labels";
import type { ExporterJob } from "../exporters";
import type { TargetLabel } from "../targets";
import type { Match } from "./matchers";

/** The series that a metric is stored as: a histogram's are `_bucket`, `_sum` and `_count`. */
type SeriesOf<C extends Catalogue, N extends MetricName<C>> = MetricOf<C, N>["type"] extends "histogram"
  ? `${N}_${"bucket" | "sum" | "count"}`
  : MetricOf<C, N>["type"] extends "summary"
    ? N | `${N}_${"sum" | "count"}`
    : N;

/** Name of a series that can be queried. */
export type SeriesName<C extends Catalogue> = { [N in MetricName<C>]: SeriesOf<C, N> }[MetricName<C>];

/** The metric that a series is of. */
type FamilyOf<C extends Catalogue, S extends SeriesName<C>> =
  S extends MetricName<C>
    ? S
    : S extends `${infer N extends MetricName<C>}_${"bucket" | "sum" | "count"}`
      ? N
      : never;

/** The label that a series has by its metric's type. */
type OwnLabel<C extends Catalogue, S extends SeriesName<C>> =
  S extends MetricName<C>
    ? MetricOf<C, S>["type"] extends "summary"
      ? "quantile"
      : never
    : S extends `${string}_bucket`
      ? "le"
      : never;

/** All labels of a series, those of the scrape included. */
export type SeriesLabel<C extends Catalogue, S extends SeriesName<C>> =
  LabelName<C, FamilyOf<C, S>> | OwnLabel<C, S> | TargetLabel;

/** What the samples of a series are. */
export type SampleOf<C extends Catalogue, S extends SeriesName<C>> =
  S extends MetricName<C>
    ? MetricOf<C, S>["type"] extends "counter"
      ? "counter"
      : "gauge"
    : S extends `${string}_bucket`
      ? "bucket"
      : "counter";

/** The values that a label of a series may be compared with. */
type ValueOf<C extends Catalogue, S extends SeriesName<C>, L> = L extends keyof MetricOf<
  C,
  FamilyOf<C, S>
>["labels"]
  ? LabelValue<MetricOf<C, FamilyOf<C, S>>["labels"][L]>
  : L extends "service"
    ? ServiceOf<C> | ExporterJob
    : string;

/** What the labels of a series must be; `""` is a label that is not there. */
export type Matchers<C extends Catalogue, S extends SeriesName<C>> = {
  readonly [L in SeriesLabel<C, S>]?: Match<ValueOf<C, S, L> | "">;
};

/** What the labels of a recorded series must be. */
export type RecordedMatchers<L extends string> = { readonly [K in L]?: Match<string> };

/** Name of a histogram of the catalogue. */
export type HistogramName<C extends Catalogue> = NameOf<C, "histogram">;
