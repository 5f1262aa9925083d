import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
  type OpenMetricsContentType,
} from "prom-client";
import { clientsOwnLag, measureEventLoopLag } from "./event-loop-lag";
import { labelPairs, type Exemplar, type Family } from "./exposition";

/** Label values of one series. */
type Labels = Readonly<Record<string, string>>;

/** What every metric is made from. */
interface Definition {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
}

/** A trace that an observation belongs to. */
export interface TraceIds {
  readonly trace_id: string;
  readonly span_id: string;
}

/**
 * The metrics of one service. This file and `event-loop-lag.ts` alone know prom-client, whose successor
 * (`@prometheus-io/client`) needs Node 22. The expositions are rendered by `exposition.ts`, because a registry of
 * prom-client renames its counters for good when it renders OpenMetrics.
 */
export class PrometheusRegistry {
  private readonly registry = new Registry<OpenMetricsContentType>();

  constructor() {
    // prom-client keeps exemplars in registries of this content type only.
    this.registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  }

  /** Adds the metrics of Node.js and of the process. */
  addRuntimeMetrics(): void {
    collectDefaultMetrics({ register: this.registry, ...clientsOwnLag });
    measureEventLoopLag(this.registry);
  }

  /** A counter: adds `by` to the series of the labels. */
  counter(definition: Definition): (labels: Labels, by: number) => void {
    const counter = new Counter(this.options(definition));
    return (labels, by) => {
      counter.inc(labels, by);
    };
  }

  /** A gauge: adds `by` to, or sets, the series of the labels. */
  gauge(definition: Definition): {
    add: (labels: Labels, by: number) => void;
    set: (labels: Labels, to: number) => void;
  } {
    const gauge = new Gauge(this.options(definition));
    return {
      add: (labels, by) => {
        gauge.inc(labels, by);
      },
      set: (labels, to) => {
        gauge.set(labels, to);
      },
    };
  }

  /** A histogram: `observe` counts a value, `zero` makes the series exist. */
  histogram(definition: Definition & { readonly buckets: readonly number[] }): {
    observe: (labels: Labels, value: number, trace?: TraceIds) => void;
    zero: (labels: Labels) => void;
  } {
    const histogram = new Histogram({
      ...this.options(definition),
      buckets: [...definition.buckets],
      enableExemplars: true,
    });
    return {
      observe: (labels, value, trace) => {
        histogram.observe({ labels, value, exemplarLabels: trace as Labels | undefined });
      },
      zero: (labels) => {
        histogram.zero(labels);
      },
    };
  }

  /** All metrics with their samples. */
  async families(): Promise<readonly Family[]> {
    return (await this.registry.getMetricsAsJSON()).map(toFamily);
  }

  private options({ name, help, labelNames }: Definition) {
    return { name, help, labelNames: [...labelNames], registers: [this.registry] };
  }
}

/** A value as prom-client gives it; its types leave out the sample's name and the exemplar. */
interface ClientValue {
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number | undefined>>;
  readonly metricName?: string;
  readonly exemplar?: {
    readonly labelSet: Labels;
    readonly value: number;
    readonly timestamp: number;
  } | null;
}

function toFamily(metric: {
  name: string;
  help: string;
  type: unknown;
  values: readonly ClientValue[];
}): Family {
  return {
    name: metric.name,
    help: metric.help,
    type: String(metric.type) as Family["type"],
    samples: metric.values.map((each) => ({
      name: each.metricName ?? metric.name,
      labels: labelPairs(each.labels as Record<string, string | number>),
      value: each.value,
      ...(each.exemplar && { exemplar: toExemplar(each.exemplar) }),
    })),
  };
}

function toExemplar({ labelSet, value, timestamp }: NonNullable<ClientValue["exemplar"]>): Exemplar {
  return { labels: labelSet, value, timestamp };
}
