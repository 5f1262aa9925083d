import { catalogue } from "../../../metrics/catalogue";
import { familyOf } from "../../../metrics/families";
import { burnWindows, errorRatioOver, objectiveSeries } from "../../../metrics/objectives";
import { records } from "../../../metrics/recorded";
import { targetLabels } from "../../../metrics/targets";
import { labelsOf } from "./labels";
import { PromQl } from "./promql";

/** The labels of a series of the catalogue, or of a recorded one; undefined for any other. */
export function labelsOfSeries(series: string): ReadonlySet<string> | undefined {
  if (series.includes(":")) return recordedLabels().get(series);
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

let recorded: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** Made at first use: a recording rule's labels are those that its expression leaves. */
function recordedLabels(): ReadonlyMap<string, ReadonlySet<string>> {
  recorded ??= new Map([
    ...Object.values(records).map(
      ({ name, expr }) => [name, labelsOf(new PromQl(expr.toString())) ?? new Set<string>()] as const,
    ),
    ...[...Object.values(objectiveSeries), ...burnWindows.map(errorRatioOver)].map(
      ({ name, labels }) => [name, new Set<string>(labels)] as const,
    ),
  ]);
  return recorded;
}
