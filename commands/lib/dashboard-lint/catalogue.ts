import { catalogue } from "../../../metrics/catalogue";
import { familyOf } from "../../../metrics/families";
import { targetLabels } from "../../../metrics/targets";

/** The labels of a series of the catalogue; undefined for any other. */
export function labelsOfMetric(series: string): ReadonlySet<string> | undefined {
  const family = familyOf(series);
  if (family === undefined) return undefined;
  const { type, labels } = catalogue[family];
  const own =
    type === "histogram" && series.endsWith("_bucket") ? ["le"] : type === "summary" ? ["quantile"] : [];
  return new Set([...Object.keys(labels), ...own, ...targetLabels]);
}

/** Whether a series only grows: by the catalogue, else by how the field names counters. */
export function isCounter(series: string): boolean {
  const family = familyOf(series);
  if (family === undefined) return !series.includes(":") && /_(total|bucket)$/.test(series);
  const { type } = catalogue[family];
  return type === "counter" || type === "histogram" || (type === "summary" && /_(sum|count)$/.test(series));
}
