import { entriesOf, type CatalogueEntry } from "../../metrics/catalogue";
import { type ParsedFamily, parseExposition } from "../../metrics/contract/exposition";
import type { ExporterJob } from "../../metrics/exporters";
import type { Need } from "../../metrics/needs";
import { standard } from "../../metrics/standard";

type Families = ReadonlyMap<string, ParsedFamily>;

/** What an exporter exports by the catalogue. */
export function cataloguedOf(job: ExporterJob): readonly CatalogueEntry[] {
  return entriesOf(standard).filter(
    // Prometheus stores these two itself.
    ({ name, exportedBy }) => exportedBy.includes(job) && !name.startsWith("ALERTS"),
  );
}

/** What a program exposes now. */
export async function exposedBy(url: string): Promise<Families> {
  return parseExposition(await (await fetch(`${url}/metrics`)).text(), "text").families;
}

/**
 * Where what a program exposes is not what the catalogue says; empty where all agrees.
 * @param given what the program's environment has of that which metrics can need
 */
export function differences(
  entry: CatalogueEntry,
  families: Families,
  given: readonly Need[] = [],
): string[] {
  const { name, absentWhen, onlyWith } = entry;
  const family = families.get(name);
  const isGiven = onlyWith === undefined || given.includes(onlyWith);
  if (family === undefined) return absentWhen === undefined && isGiven ? [`${name} is not there`] : [];
  // `le` and `quantile` come with the type. What a scrape sets itself it renames, where it is there already.
  const series = family.samples.map(
    ({ labels: { le: _le, quantile: _quantile, job: _job, instance: _instance, ...own } }) => own,
  );
  const type = entry.announcedAs ?? entry.type;
  const wanted = Object.keys(entry.labels);
  const bounds = boundsOf(family);
  return [
    ...(isGiven ? [] : [`${name} is there without ${onlyWith}`]),
    ...(family.type === type ? [] : [`${name} is a ${family.type}, not a ${type}`]),
    ...(entry.buckets === undefined || bounds.join() === entry.buckets.join()
      ? []
      : [`${name} has the buckets ${bounds.join()}, not ${entry.buckets.join()}`]),
    ...series.flatMap((labels) => {
      const found = Object.keys(labels).sort().join();
      return found === [...wanted].sort().join()
        ? []
        : [`${name} has the labels ${found}, not ${wanted.join()}`];
    }),
    ...series.flatMap((labels) =>
      Object.entries(labels).flatMap(([label, value]) => {
        const spec = entry.labels[label];
        return spec?.kind === "oneOf" && !spec.values.includes(value) ? [`${name}{${label}="${value}"}`] : [];
      }),
    ),
  ];
}

/** A histogram's buckets but for the last. */
function boundsOf({ samples }: ParsedFamily): number[] {
  const bounds = samples.flatMap(({ labels: { le } }) => (le === undefined ? [] : [Number(le)]));
  return [...new Set(bounds.filter(Number.isFinite))].sort((one, other) => one - other);
}
