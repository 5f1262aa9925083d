import { catalogue } from "../catalogue";
import { familyOf } from "../families";
import { targetLabels } from "../targets";
import { LabelSet } from "./label-set";

/** The labels of a series of the catalogue; undefined for any other. */
export function cataloguedLabels(series: string): LabelSet | undefined {
  const family = familyOf(series);
  if (family === undefined) return undefined;
  const { labels, type } = catalogue[family];
  const own =
    type === "histogram" && series.endsWith("_bucket")
      ? ["le"]
      : type === "summary" && series === family
        ? ["quantile"]
        : [];
  return LabelSet.of(...Object.keys(labels), ...targetLabels, ...own);
}

/** Whether a series of the catalogue only grows; undefined for any other. */
export function isCataloguedCounter(series: string): boolean | undefined {
  const family = familyOf(series);
  if (family === undefined) return undefined;
  const { type } = catalogue[family];
  return type === "counter" || type === "histogram" || (type === "summary" && /_(sum|count)$/.test(series));
}
