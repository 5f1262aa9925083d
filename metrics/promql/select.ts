import type { LabelSelector, VectorExpr } from "@grafana/promql-builder";
import { type Catalogue, entriesOf, type LabelName, type MetricOf, underOwnNames } from "../catalogue";
import { entryOf } from "../families";
import { describeValue } from "../describe";
import type { LabelValue } from "../labels";
import { report, words } from "../problems";
import { checkWord, isObject } from "../properties";
import type { TargetLabel } from "../targets";
import { CataloguedSeries, type KnownSeries } from "./catalogued-series";
import { labelSelectors, matches, type Match } from "./matchers";
import type { Recorded, RecordedSeries } from "./recorded";
import type {
  HistogramName,
  Matchers,
  RecordedMatchers,
  SampleOf,
  SeriesLabel,
  SeriesName,
} from "./series-types";
import { checkLabels } from "./shape";
import { Selector, type Sample, type Shape } from "./vector";

/** How expressions begin: with series of a catalogue. */
export interface Promql<C extends Catalogue> {
  /**
   * The series of a metric, or of a recording rule, whose labels are as asked.
   * @param series name of a series of the catalogue, or a recording rule made by `recorded` or `recordedSeries`.
   * @param matchers by label: a value, a matcher or several; default: all series.
   */
  readonly select: {
    <const S extends SeriesName<C>>(
      series: S,
      matchers?: Matchers<C, S>,
    ): Selector<SeriesLabel<C, S>, SampleOf<C, S>>;
    <L extends string, T extends Sample>(
      series: Recorded<L, T>,
      matchers?: RecordedMatchers<L>,
    ): Selector<L, T>;
    <L extends string>(series: RecordedSeries<L>, matchers?: RecordedMatchers<L>): Selector<L>;
  };
  /**
   * The observations of a histogram that were no greater than a bound: one bucket, which is a counter.
   * @param bound an upper bound of the histogram's buckets, in its unit.
   * @param matchers by label: a value, a matcher or several; default: all observations.
   */
  readonly bucketUpTo: <const N extends HistogramName<C>>(
    histogram: N,
    bound: number,
    matchers?: { readonly [L in LabelName<C, N>]?: Match<LabelValue<MetricOf<C, N>["labels"][L]> | ""> },
  ) => Selector<LabelName<C, N> | "le" | TargetLabel, "counter">;
}

/** Expressions over a catalogue: series, labels and values that it does not have do not compile, and are reported. */
export function promqlOver<C extends Catalogue>(catalogue: C): Promql<C> {
  const series = new CataloguedSeries(catalogue);
  const select = <L extends string, T extends Sample>(
    wanted: string | Recorded<L, T> | RecordedSeries<L>,
    matchers: LooseMatchers = {},
  ): Selector<L, T> => {
    const known = typeof wanted === "string" ? series.known(wanted) : recordedShape(wanted);
    const name = typeof wanted === "string" ? wanted : String((wanted as Partial<typeof wanted>).name);
    const node = vector(name, matchersOf(`select(${name})`, name, matchers, known));
    return new Selector(node, known?.shape, known?.formerly);
  };
  const bucketUpTo = (histogram: string, bound: number, matchers: LooseMatchers = {}) =>
    bucketOf(catalogue, series, { histogram, bound, matchers });
  return { select, bucketUpTo } as Promql<C>;
}

type LooseMatchers = Readonly<Record<string, Match<string> | undefined>>;

/** What a series' labels are asked for; reports labels and values that it cannot have. */
function matchersOf(
  what: string,
  name: string,
  matchers: LooseMatchers,
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

interface Bucket {
  readonly histogram: string;
  readonly bound: number;
  readonly matchers: LooseMatchers;
}

function bucketOf(
  catalogue: Catalogue,
  series: CataloguedSeries,
  { histogram, bound, matchers }: Bucket,
): Selector<string, "counter"> {
  const metric = `${histogram}_bucket`;
  // Prometheus 3 stores whole bounds as "1.0", Prometheus 2 as the service writes them: "1".
  const le = Number.isInteger(bound) ? matches(`${String(bound)}(\\.0)?`) : String(bound);
  const bucket = labelSelectors(metric, "le", le, undefined);
  const histograms = underOwnNames(entriesOf(catalogue))
    .filter(({ type }) => type === "histogram")
    .map(({ name }) => name);
  if (!checkWord("bucketUpTo", histogram, histograms)) return new Selector(vector(metric, bucket));
  const buckets = entryOf(catalogue, histogram)?.buckets ?? [];
  const what = `bucketUpTo(${histogram})`;
  if (!buckets.includes(bound)) {
    report({ what, found: bound, allowed: `one of its bounds: ${buckets.join(", ")}` });
  }
  const known = series.known(metric);
  const node = vector(metric, [...matchersOf(what, metric, matchers, known), ...bucket]);
  return new Selector(node, known && { ...known.shape, sample: "counter" }, known?.formerly);
}
