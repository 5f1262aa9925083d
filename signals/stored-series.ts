import type { ScrapeConfig } from "../constructs/docker/prometheus-configuration";
import { type Catalogue, type CatalogueEntry, entriesOf } from "../metrics/catalogue";
import { everyService } from "../metrics/targets";
import { selectorsOf } from "../metrics/promql";
import { type Readable, readingsOf } from "./reads";

/** Whose jobs they are, and what somebody wants to be stored besides. */
export interface StoredSettings {
  readonly catalogue: Catalogue;
  readonly services: readonly string[];
  /** Regular expressions of series' names that are stored although nothing here reads them. */
  readonly alsoStored: readonly string[];
}

/**
 * The jobs, each with the series that Prometheus stores of it: what nothing reads is left out. Of the programs of others
 * nothing else is stored, as they export thousands of series. Of a service all is stored but for what the catalogue
 * knows and nothing reads: it may measure what nobody has catalogued yet.
 */
export function withStoredSeries(
  jobs: readonly ScrapeConfig[],
  readable: Readable,
  { catalogue, services, alsoStored }: StoredSettings,
): ScrapeConfig[] {
  const read = seriesReadBy(readable);
  const wanted = new RegExp(`^(?:${alsoStored.join("|")})$`, "s");
  const isStored = (series: string) => read.has(series) || (alsoStored.length > 0 && wanted.test(series));
  const entries = entriesOf(catalogue);
  return jobs.map((job) => {
    const { jobName } = job;
    if (services.includes(jobName)) {
      const own = entries.filter(
        ({ exportedBy }) => exportedBy.includes(everyService) || exportedBy.includes(jobName),
      );
      const unread = own.map(seriesNames).filter((names) => !names.some(isStored));
      return unread.length === 0 ? job : { ...job, storesAllBut: unread.flat() };
    }
    const own = entries.filter(({ exportedBy }) => exportedBy.includes(jobName));
    return {
      ...job,
      storesOnly: [...own.flatMap(seriesNames).filter((name) => read.has(name)), ...alsoStored],
    };
  });
}

/** Whether Prometheus stores a series of a job. */
export function storesSeries({ storesOnly, storesAllBut }: ScrapeConfig, series: string): boolean {
  const isOneOf = (patterns: readonly string[]) =>
    new RegExp(`^(?:${patterns.join("|")})$`, "s").test(series);
  if (storesOnly !== undefined) return isOneOf(storesOnly);
  return storesAllBut === undefined || !isOneOf(storesAllBut);
}

/**
 * Names of all series that anything reads. What is recorded need not be followed: the rule that records it is a reader,
 * too.
 */
export function seriesReadBy(readable: Readable): ReadonlySet<string> {
  const read = new Set<string>();
  for (const { node } of readingsOf(readable)) for (const { metric } of selectorsOf(node)) read.add(metric);
  return read;
}

/** The names under which the series of a metric are exported. */
export function seriesNames({ name, type }: Pick<CatalogueEntry, "name" | "type">): readonly string[] {
  switch (type) {
    case "counter":
    case "gauge":
      return [name];
    case "histogram":
      return [`${name}_bucket`, `${name}_sum`, `${name}_count`];
    case "summary":
      return [name, `${name}_sum`, `${name}_count`];
  }
}
