import { type Catalogue, type CatalogueEntry, entriesOf } from "./catalogue";

/** The entry of that name; undefined for what is not catalogued. */
export function entryOf({ metrics }: Catalogue, name: string): CatalogueEntry | undefined {
  return Object.hasOwn(metrics, name) ? metrics[name] : undefined;
}

/** A metric that is being renamed. */
export interface Renaming {
  readonly metric: CatalogueEntry;
  /** The name that it had. */
  readonly formerly: string;
}

/** The metrics of a catalogue that are being renamed. */
export function renamingsOf(catalogue: Catalogue): readonly Renaming[] {
  return entriesOf(catalogue).flatMap((metric) =>
    metric.formerly === undefined ? [] : [{ metric, formerly: metric.formerly }],
  );
}

/** The former name of a series of a metric that is being renamed; undefined for any other. */
export function formerSeries(catalogue: Catalogue, series: string): string | undefined {
  const family = familyOf(catalogue, series);
  return family?.formerly === undefined ? undefined : family.formerly + series.slice(family.name.length);
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
