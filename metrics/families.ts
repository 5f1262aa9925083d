import type { Catalogue, CatalogueEntry } from "./catalogue";

/** The entry of that name; undefined for what is not catalogued. */
export function entryOf({ metrics }: Catalogue, name: string): CatalogueEntry | undefined {
  return Object.hasOwn(metrics, name) ? metrics[name] : undefined;
}

/** The metric that a series belongs to: `a_seconds` for `a_seconds_bucket`; undefined for what is not catalogued. */
export function familyOf(catalogue: Catalogue, series: string): CatalogueEntry | undefined {
  const entry = entryOf(catalogue, series);
  if (entry !== undefined) return entry.type === "histogram" ? undefined : entry;
  const base = series.replace(/_(bucket|sum|count)$/, "");
  const family = base === series ? undefined : entryOf(catalogue, base);
  if (family === undefined) return undefined;
  const { type } = family;
  return type === "histogram" || (type === "summary" && !series.endsWith("_bucket")) ? family : undefined;
}
