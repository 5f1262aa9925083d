/** A query of a panel as Grafana's classic schema has it. */
export interface PrometheusQuery {
  readonly refId: string;
  readonly hide?: boolean;
  readonly expr?: string;
  readonly legendFormat?: string;
  readonly range?: boolean;
  readonly instant?: boolean;
  readonly exemplar?: boolean;
  readonly format?: "time_series" | "table" | "heatmap";
  /** Least step, such as `30s`. */
  readonly interval?: string;
  readonly intervalFactor?: number;
  /** Least step of an annotation's query. */
  readonly step?: string;
}
