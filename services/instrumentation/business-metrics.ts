import type {
  Catalogue,
  LabelName,
  LabelsOf,
  MetricName,
  MetricOf,
  ServiceOf,
} from "../../metrics/catalogue";
import type { Metric } from "../../metrics/define";
import type { LabelSpec } from "../../metrics/labels";
import { knownLabelSets } from "../../metrics/series";
import type { AmountOf } from "../../metrics/units";
import type { LabelBounds, Labels } from "./label-bounds";
import type { PrometheusRegistry } from "./prometheus";
import { exemplarOfActiveSpan } from "./trace-ids";

/** Names of the metrics that a service, and not every service, exports. */
export type BusinessMetricName<C extends Catalogue, S extends ServiceOf<C>> = {
  [N in MetricName<C>]: S extends MetricOf<C, N>["exportedBy"][number] ? N : never;
}[MetricName<C>];

/** First argument of each call: the labels, all of them and no other; none for a metric without labels. */
type LabelArguments<C extends Catalogue, N extends MetricName<C>> = [LabelName<C, N>] extends [never]
  ? []
  : [labels: LabelsOf<C, N>];

/** Counts. `by` is 1 unless given, and not negative; 0 makes the series exist. */
export interface CounterOf<C extends Catalogue, N extends MetricName<C>> {
  inc(...call: [...LabelArguments<C, N>, by?: AmountOf<N>]): void;
}

/** A value that goes up and down. `by` is 1 unless given. */
export interface GaugeOf<C extends Catalogue, N extends MetricName<C>> {
  inc(...call: [...LabelArguments<C, N>, by?: AmountOf<N>]): void;
  dec(...call: [...LabelArguments<C, N>, by?: AmountOf<N>]): void;
  /**
   * Not there for a metric with bounded labels: many label sets share the series for the rest, which `inc` and `dec`
   * keep at their sum.
   */
  readonly set: HasBounded<C, N> extends true
    ? undefined
    : (...call: [...LabelArguments<C, N>, to: AmountOf<N>]) => void;
}

/** A distribution; the active trace is kept as the observation's exemplar. */
export interface HistogramOf<C extends Catalogue, N extends MetricName<C>> {
  observe(...call: [...LabelArguments<C, N>, value: AmountOf<N>]): void;
}

type HasBounded<C extends Catalogue, N extends MetricName<C>> =
  Extract<MetricOf<C, N>["labels"][keyof MetricOf<C, N>["labels"]], LabelSpec> extends { kind: "oneOf" }
    ? false
    : true;

type HandleOf<C extends Catalogue, N extends MetricName<C>> = MetricOf<C, N>["type"] extends "counter"
  ? CounterOf<C, N>
  : MetricOf<C, N>["type"] extends "gauge"
    ? GaugeOf<C, N>
    : HistogramOf<C, N>;

/** The business metrics of a service by name. */
export type BusinessMetrics<C extends Catalogue, S extends ServiceOf<C>> = {
  readonly [N in BusinessMetricName<C, S>]: HandleOf<C, N>;
};

type Call = readonly (Labels | number | undefined)[];

/** Registers a metric in the registry; its known label sets exist at 0 from then on. */
export function createHandle(registry: PrometheusRegistry, bounds: LabelBounds, metric: Metric): object {
  const labelNames = Object.keys(metric.labels);
  const definition = { name: metric.name, help: metric.help, labelNames };
  const resolve = bounds.resolverOf(metric);
  const known = (knownLabelSets(metric) ?? []).map(resolve);
  const parse = (call: Call, fallback: number): [Labels, number] => {
    const [first, second] = call;
    return typeof first === "object"
      ? [resolve(first), numberOr(second, fallback)]
      : [resolve({}), numberOr(first, fallback)];
  };
  switch (metric.type) {
    case "counter": {
      const add = registry.counter(definition);
      for (const labels of known) add(labels, 0);
      return {
        inc: (...call: Call) => {
          add(...parse(call, 1));
        },
      };
    }
    case "gauge": {
      const gauge = registry.gauge(definition);
      for (const labels of known) gauge.set(labels, 0);
      return {
        inc: (...call: Call) => {
          gauge.add(...parse(call, 1));
        },
        dec: (...call: Call) => {
          const [labels, by] = parse(call, 1);
          gauge.add(labels, -by);
        },
        set: (...call: Call) => {
          gauge.set(...parse(call, 0));
        },
      };
    }
    case "histogram": {
      const histogram = registry.histogram({ ...definition, buckets: metric.buckets ?? [] });
      for (const labels of known) histogram.zero(labels);
      return {
        observe: (...call: Call) => {
          histogram.observe(...parse(call, 0), exemplarOfActiveSpan());
        },
      };
    }
    case "summary":
      throw new Error(`${metric.name}: a service exports histograms, not summaries.`);
  }
}

function numberOr(value: Labels | number | undefined, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}
