import type { Catalogue } from "../catalogue";
import { familyOf } from "../families";
import { targetLabels } from "../targets";
import { LabelSet } from "./label-set";

/** The labels of a series of a catalogue; undefined for any other. */
export function cataloguedLabels(catalogue: Catalogue, series: string): LabelSet | undefined {
  const family = familyOf(catalogue, series);
  if (family === undefined) return undefined;
  const { labels, name, type } = family;
  const own =
    type === "histogram" && series.endsWith("_bucket")
      ? ["le"]
      : type === "summary" && series === name
        ? ["quantile"]
        : [];
  return LabelSet.of(...Object.keys(labels), ...targetLabels, ...own);
}

/** Whether a series of a catalogue only grows; undefined for any other. */
export function isCataloguedCounter(catalogue: Catalogue, series: string): boolean | undefined {
  const family = familyOf(catalogue, series);
  if (family === undefined) return undefined;
  const { type } = family;
  return type === "counter" || type === "histogram" || (type === "summary" && /_(sum|count)$/.test(series));
}
