/** Functions that Prometheus takes with `--enable-feature=promql-experimental-functions` only. */
export const experimentalFunctions: ReadonlySet<string> = new Set([
  "double_exponential_smoothing",
  "end",
  "first_over_time",
  "histogram_quantiles",
  "info",
  "mad_over_time",
  "range",
  "sort_by_label",
  "sort_by_label_desc",
  "start",
  "start_timestamp",
  "step",
  "ts_of_first_over_time",
  "ts_of_last_over_time",
  "ts_of_max_over_time",
  "ts_of_min_over_time",
]);

/** Aggregations that need the same flag. */
export const experimentalAggregations: ReadonlySet<string> = new Set(["limitk", "limit_ratio"]);

/** Aggregations with a parameter before what they aggregate. */
export const aggregationsWithParameter: ReadonlySet<string> = new Set([
  "topk",
  "bottomk",
  "limitk",
  "limit_ratio",
  "quantile",
  "count_values",
]);

/** Aggregations that choose series as they are in place of making new ones. */
export const choosingAggregations: ReadonlySet<string> = new Set([
  "topk",
  "bottomk",
  "limitk",
  "limit_ratio",
]);

/** Functions that take the rate of a counter's growth, over its resets. */
export const counterRates: ReadonlySet<string> = new Set(["rate", "irate", "increase"]);

/** Whether a function holds where something is missing. */
export function isAbsence(name: string): boolean {
  return name === "absent" || name === "absent_over_time";
}
