import type { MetricType } from "./define";

/** What of a metric decides which names OpenMetrics takes for it. */
export interface Named {
  readonly name: string;
  /** As announced; a metric that is `untyped` is OpenMetrics' `unknown`. */
  readonly type: MetricType | "info" | "untyped" | "unknown";
}

/** Two metrics that one OpenMetrics exposition cannot both have under their types: a strict parser refuses all of it. */
export interface OpenMetricsClash {
  /** The two names, as they are in the text format. */
  readonly metrics: readonly [string, string];
  /** The names that both of them take, ascending. */
  readonly names: readonly string[];
  /**
   * The one that is exposed as `unknown`, under its full name, so that both can be read; undefined where that helps
   * neither, as only a counter is a single series: then one of them needs another name.
   */
  readonly unknown: string | undefined;
}

/** What a type adds to the name of its metrics; all of it is taken, whether it is exposed or not. */
const suffixes: Readonly<Record<Named["type"], readonly string[]>> = {
  counter: ["_total", "_created"],
  histogram: ["_bucket", "_sum", "_count", "_created"],
  summary: ["_sum", "_count", "_created"],
  info: ["_info"],
  gauge: [],
  untyped: [],
  unknown: [],
};

/** A metric's name in OpenMetrics, where counters and infos are announced without their suffix. */
export function openMetricsName({ name, type }: Named): string {
  if (type === "counter") return name.replace(/_total$/, "");
  return type === "info" ? name.replace(/_info$/, "") : name;
}

/**
 * The pairs of metrics that take the same name in OpenMetrics. `jobs_total` and `jobs_created_total` are one: a counter
 * `jobs` takes `jobs_created` for the time of its creation, and that is the other one's name.
 * @param metrics of one exposition, such as those of a service; in other targets the same names do no harm
 */
export function openMetricsClashes(metrics: Iterable<Named>): readonly OpenMetricsClash[] {
  const clashes: OpenMetricsClash[] = [];
  const takenBy = new Map<string, Named>();
  const take = (metric: Named) => {
    for (const name of namesOf(metric)) takenBy.set(name, metric);
  };
  // The shorter name keeps its type, whatever the order of the exposition.
  for (const given of [...metrics].sort(byLength)) {
    let metric = given;
    for (const other of new Set(namesOf(given).flatMap((name) => takenBy.get(name) ?? []))) {
      const names = namesOf(other).filter((name) => namesOf(metric).includes(name));
      if (names.length === 0) continue;
      const unknown = canBeUnknown(metric, other) ? metric : canBeUnknown(other, metric) ? other : undefined;
      clashes.push({ metrics: [other.name, metric.name], names: names.sort(), unknown: unknown?.name });
      if (unknown === metric) metric = { ...metric, type: "unknown" };
      if (unknown !== other) continue;
      for (const name of namesOf(other)) takenBy.delete(name);
      take({ ...other, type: "unknown" });
    }
    take(metric);
  }
  return clashes;
}

/** Names of the metrics that are exposed as `unknown` in OpenMetrics, because their type would clash with another's. */
export function exposedAsUnknown(metrics: Iterable<Named>): ReadonlySet<string> {
  return new Set(openMetricsClashes(metrics).flatMap(({ unknown }) => unknown ?? []));
}

function canBeUnknown(metric: Named, other: Named): boolean {
  return metric.type === "counter" && !namesOf(other).includes(metric.name);
}

function namesOf(metric: Named): readonly string[] {
  const name = openMetricsName(metric);
  return [name, ...suffixes[metric.type].map((suffix) => name + suffix)];
}

function byLength(a: Named, b: Named): number {
  return a.name.length - b.name.length || (a.name < b.name ? -1 : 1);
}
