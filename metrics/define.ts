import { checkDefinition, checkOwned } from "./definition";
import type { baseUnits, metricTypes, stabilities, typeLabels } from "./definition";
import type { Follows, LabelSpec, LabelSpecs } from "./labels";
import type { Need } from "./needs";
import type { TargetLabel } from "./targets";

/** A metric's type, as in the text exposition. */
export type MetricType = (typeof metricTypes)[number];

/** `stable` names and labels do not change; `experimental` ones may; `deprecated` ones go in the next major version. */
export type Stability = (typeof stabilities)[number];

/** Base units: a histogram's name ends in one of them. */
export type BaseUnit = (typeof baseUnits)[number];

/** Labels that no metric of ours may set: the scrape's, and those that belong to histograms and summaries. */
export type ReservedLabel = TargetLabel | (typeof typeLabels)[number];

/** One metric of the catalogue. `N`, `T` and `L` are literal types, from which the compiler checks every use. */
export interface Metric<
  N extends string = string,
  T extends MetricType = MetricType,
  L extends LabelSpecs = LabelSpecs,
> {
  readonly name: N;
  readonly type: T;
  /** Unit of the value: a base unit, or what is counted ("requests"). */
  readonly unit: string;
  readonly help: string;
  readonly labels: L;
  readonly stability: Stability;
  /** Upper bounds of a histogram's buckets in its unit, ascending, `+Inf` left out. */
  readonly buckets?: readonly number[];
  /**
   * Most label sets kept apart, where that is less than the product of the labels' bounds. Beyond it each label that
   * has a value for the rest takes that, so that one more label set per combination of the others is the most.
   */
  readonly maxLabelSets?: number;
  /** Set where the exporter announces another type than the one that the metric behaves as. */
  readonly announcedAs?: "untyped";
  /** When the metric may be missing from a healthy target; left out where it is always there. */
  readonly absentWhen?: string;
  /** What an environment must have for it to be exported at all; left out where it always is. */
  readonly onlyWith?: Need;
  /** True for a metric whose name and labels someone else chose. */
  readonly foreign: boolean;
  /** The name that it had before, while it is being renamed: it is exposed under both, and queries read either. */
  readonly formerly?: string;
  /** Set in the entry of a former name: the name that the metric has now. */
  readonly formerNameOf?: string;
}

/** What every definition says, whatever the type. */
interface Common<L extends LabelSpecs> {
  /** One sentence, as in the exposition's HELP line. */
  readonly help: string;
  /** Default: no labels. */
  readonly labels?: L & LabelRules<L>;
  /** Default: `stable`. */
  readonly stability?: Stability;
  /** Default: the product of the labels' bounds. */
  readonly maxLabelSets?: number;
  /**
   * The name that the metric had before, of the same form. It is exposed under both names, and queries read either,
   * until this is left out: see docs/rename.md. Default: it has always had its name. Not for metrics of others.
   */
  readonly formerly?: string;
}

/** Refuses reserved label names, and a label that follows one which is not there. */
type LabelRules<L extends LabelSpecs> = {
  readonly [K in keyof L]: K extends ReservedLabel
    ? never
    : L[K] extends Follows<infer F>
      ? F extends keyof L
        ? LabelSpec
        : never
      : LabelSpec;
};

type NoLabels = Record<never, never>;
type CounterRule<N extends string> = N extends `${string}_total` ? N : "a counter's name ends in _total";
type GaugeRule<N extends string> = N extends `${string}_${"total" | "bucket" | "sum" | "count"}`
  ? "a gauge's name does not end in _total, _bucket, _sum or _count"
  : N;
type HistogramRule<N extends string> = N extends `${string}_${BaseUnit}`
  ? N
  : "a histogram's name ends in its base unit, such as _seconds";
/** The unit that a name ends in. */
type UnitOf<N extends string> = N extends `${string}_${BaseUnit}`
  ? { [U in BaseUnit]: N extends `${string}_${U}` ? U : never }[BaseUnit]
  : string;

/**
 * A count that only grows, until its process starts again. Its name ends in `_total`.
 */
export function counter<const N extends string, const L extends LabelSpecs = NoLabels>(
  name: CounterRule<N>,
  definition: Common<L> & { readonly unit: string },
): Metric<N, "counter", L> {
  return define(name as N, "counter", definition);
}

/**
 * A value that goes up and down. Its name does not end in `_total`; where it ends in a base unit, that is its unit.
 */
export function gauge<const N extends string, const L extends LabelSpecs = NoLabels>(
  name: GaugeRule<N>,
  definition: Common<L> & { readonly unit: UnitOf<N> },
): Metric<N, "gauge", L> {
  return define(name as N, "gauge", definition);
}

/**
 * A distribution in buckets. Its name ends in its base unit.
 */
export function histogram<const N extends string, const L extends LabelSpecs = NoLabels>(
  name: HistogramRule<N>,
  definition: Common<L> & { readonly unit: UnitOf<N>; readonly buckets: readonly number[] },
): Metric<N, "histogram", L> {
  return define(name as N, "histogram", definition);
}

/**
 * A metric whose name someone else chose (an exporter, a client library): the rules for names do not hold for it,
 * and its labels may be `open()`. Nothing of ours is defined by this.
 */
export function foreign<
  const T extends MetricType,
  const N extends string,
  const L extends LabelSpecs = NoLabels,
>(
  type: T,
  name: N,
  definition: Common<L> & {
    readonly unit: string;
    readonly buckets?: readonly number[];
    readonly announcedAs?: "untyped";
    readonly absentWhen?: string;
    readonly onlyWith?: Need;
  },
): Metric<N, T, L> {
  return define(name, type, definition, true);
}

/** A metric with its owner and those who export it: what a catalogue holds. */
export type Owned<M, X extends readonly string[] = readonly string[]> = M & Owner<X>;

/** Whose a group of metrics is, and who exports them: services of a catalogue, or exporters of every system. */
export interface Owner<X extends readonly string[]> {
  /** A word for those who define the metrics. */
  readonly owner: string;
  /** Heading of their section in documents. Default: the owner. */
  readonly title?: string;
  readonly exportedBy: X;
}

/** Without `labels`: they would lend their wide type to definitions that have none. */
type Defined = Omit<Metric, "labels">;

/** The metrics of one owner by name. */
export type Group<E extends readonly Defined[], X extends readonly string[]> = {
  readonly [M in E[number] as M["name"]]: Owned<M, X>;
};

/**
 * The metrics of one owner, by name. One that has a former name is there under that, too, for all that goes through a
 * catalogue; its type does not have it, so that nothing new reads it.
 */
export function owned<const X extends readonly string[], const E extends readonly Defined[]>(
  by: Owner<X>,
  metrics: E,
): Group<E, X> {
  checkOwned(by, metrics);
  const named = metrics.flatMap((metric) => [metric, ...formerOf(metric)]);
  return Object.fromEntries(named.map((metric) => [metric.name, { ...metric, ...by }])) as Group<E, X>;
}

/** The entry of a metric's former name, where it has one. */
function formerOf({ formerly, ...metric }: Defined): readonly Defined[] {
  if (typeof formerly !== "string") return [];
  const { name, help } = metric;
  return [
    {
      ...metric,
      name: formerly,
      help: `Former name of ${name}: ${help}`,
      stability: "deprecated",
      formerNameOf: name,
    },
  ];
}

function define<const N extends string, const T extends MetricType, const L extends LabelSpecs>(
  name: N,
  type: T,
  definition: Omit<Metric, "name" | "type" | "labels" | "stability" | "foreign"> &
    Partial<Pick<Metric, "stability">> & {
      readonly labels?: L;
    },
  isForeign = false,
): Metric<N, T, L> {
  const labels = definition.labels ?? ({} as L);
  checkDefinition(name, type, { ...definition, labels }, isForeign);
  return { stability: "stable", ...definition, name, type, labels, foreign: isForeign };
}
