/** A label of a metric. */
export interface DescribedLabel {
  readonly name: string;
  /** Its values. Undefined where nobody lists them. */
  readonly values?: readonly string[];
}

/** A metric of the catalogue that an environment has. */
export interface DescribedMetric {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram" | "summary";
  readonly help: string;
  readonly unit: string;
  readonly labels: readonly DescribedLabel[];
  /** Names of its series: of a histogram `_bucket`, `_sum`, `_count`. */
  readonly series: readonly string[];
  /** Those of them that Prometheus stores: what nothing reads is left out. Undefined where it stores all. */
  readonly stored?: readonly string[];
  readonly stability: string;
  /** Who owns it, as the catalogue says. */
  readonly owner: string;
  /** Of the former name of a metric that is being renamed: the name that it has now. Both are exposed, and queries read either. */
  readonly formerNameOf?: string;
  /** Names of the services and exporters that expose it. */
  readonly exportedBy: readonly string[];
}

/** The catalogue of a version: what can be measured in an environment. */
export interface DescribedCatalogue {
  readonly services: readonly { readonly name: string; readonly owner: string }[];
  readonly metrics: readonly DescribedMetric[];
}
