// What a series is called. Pure: the unit tests of the root read it.

export type Labels = Readonly<Record<string, string>>;

/** The name of a series as Prometheus writes it: `metric{label="value"}`. */
export function seriesName({ __name__: metric = "", ...labels }: Labels): string {
  const texts = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return texts.length === 0 ? metric || "{}" : `${metric}{${texts.join(", ")}}`;
}

/** A legend's text with the values of the labels that it names: `{{service}} {{route}}`. */
export function legendOf(format: string, labels: Labels): string {
  return format.replace(/\{\{\s*(.+?)\s*\}\}/g, (_whole, name: string) => labels[name] ?? "");
}

/**
 * The name of a series by its query's legend format. Undefined with `__auto`: then the labels that differ are its name.
 */
export function displayName(format: string | undefined, labels: Labels): string | undefined {
  if (format === "__auto") return undefined;
  return format === undefined || format === "" ? seriesName(labels) : legendOf(format, labels);
}
