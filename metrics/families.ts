import { catalogue, isMetricName, type MetricName } from "./catalogue";

/** The metric that a series belongs to: `a_seconds` for `a_seconds_bucket`; undefined for what is not catalogued. */
export function familyOf(series: string): MetricName | undefined {
  if (isMetricName(series)) return catalogue[series].type === "histogram" ? undefined : series;
  const base = series.replace(/_(bucket|sum|count)$/, "");
  if (base === series || !isMetricName(base)) return undefined;
  const { type } = catalogue[base];
  return type === "histogram" || (type === "summary" && !series.endsWith("_bucket")) ? base : undefined;
}
