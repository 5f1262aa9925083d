import type { CatalogueEntry } from "../../metrics/catalogue";
import type { ParsedFamily } from "../../metrics/contract/exposition";

/** Where what a program exposes is not what the catalogue says; empty where all agrees. */
export function differences(entry: CatalogueEntry, families: ReadonlyMap<string, ParsedFamily>): string[] {
  const family = families.get(entry.name);
  if (family === undefined) return entry.absentWhen === undefined ? [`${entry.name} is not there`] : [];
  // `le` and `quantile` come with the type.
  const series = family.samples.map(({ labels: { le: _le, quantile: _quantile, ...own } }) => own);
  const type = entry.announcedAs ?? entry.type;
  const wanted = Object.keys(entry.labels);
  return [
    ...(family.type === type ? [] : [`${entry.name} is a ${family.type}, not a ${type}`]),
    ...series.flatMap((labels) => {
      const found = Object.keys(labels).sort().join();
      return found === [...wanted].sort().join()
        ? []
        : [`${entry.name} has the labels ${found}, not ${wanted.join()}`];
    }),
    ...series.flatMap((labels) =>
      Object.entries(labels).flatMap(([label, value]) => {
        const spec = entry.labels[label];
        return spec?.kind === "oneOf" && !spec.values.includes(value)
          ? [`${entry.name}{${label}="${value}"}`]
          : [];
      }),
    ),
  ];
}
