/** Part 4: what it costs. */
export interface CostPart {
  /** How much in all, by where the numbers come from: the catalogue's bounds, the Prometheus that was asked. */
  readonly totals: readonly CostTotal[];
  readonly jobs: readonly CostRow[];
  /** Metrics whose number of series or samples changes, the greatest change first. */
  readonly metrics: readonly CostRow[];
  /** In a month, by engine. */
  readonly money: readonly Money[];
  readonly unused: readonly UnusedSeries[];
  readonly relabelling: readonly Relabelling[];
  /** A sentence each. */
  readonly notes: readonly string[];
}

/** A number of series, and their samples a second. */
export interface Volume {
  readonly series: number;
  readonly samplesPerSecond: number;
}

export interface CostTotal {
  /** Such as `by the catalogue's bounds`. */
  readonly source: string;
  readonly before: Volume | undefined;
  readonly after: Volume | undefined;
}

/** Of a job, or of a metric of it; undefined in a version that has none. */
export interface CostRow {
  readonly name: string;
  readonly before: Volume | undefined;
  readonly after: Volume | undefined;
}

export interface Money {
  readonly engine: string;
  /** US dollars a month. */
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** What is stored and read by nothing. */
export interface UnusedSeries extends Volume {
  readonly metric: string;
  readonly job: string;
}

/** What would leave it out. */
export interface Relabelling {
  readonly job: string;
  /** `metric_relabel_configs`. */
  readonly yaml: string;
  /** Shares of the environment's series and samples that it saves: 0 to 1. */
  readonly series: number;
  readonly samples: number;
}
