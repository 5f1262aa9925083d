/** One family of a text exposition: its type, and the label sets of its series. */
export interface Family {
  readonly type: string;
  readonly series: readonly Readonly<Record<string, string>>[];
}

const suffixes = /_(bucket|sum|count)$/;

/** Reads what a program exposes in Prometheus' text format; `le` and `quantile` are left out. */
export function parseExposition(text: string): ReadonlyMap<string, Family> {
  const families = new Map<string, { type: string; series: Record<string, string>[] }>();
  for (const line of text.split("\n")) {
    const [, typed, type] = /^# TYPE (\S+) (\S+)/.exec(line) ?? [];
    if (typed !== undefined && type !== undefined) families.set(typed, { type, series: [] });
    const [, name, labels = ""] = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? \S+/.exec(line) ?? [];
    if (name === undefined) continue;
    const family = families.get(name) ?? families.get(name.replace(suffixes, ""));
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = "", value = ""]) => [
      label,
      value,
    ]);
    const own = pairs.filter(([label]) => label !== "le" && label !== "quantile");
    family?.series.push(Object.fromEntries(own) as Record<string, string>);
  }
  return families;
}
