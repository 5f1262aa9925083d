import type { Exposition, ParsedFamily, ParsedSample } from "../contract/exposition";

/**
 * The metrics of several scrapes of one service, each with all series that were there in any of them, by name in the
 * order of the alphabet: an exposition's own order may change from scrape to scrape.
 */
export function observed(scrapes: readonly Exposition[]): ReadonlyMap<string, ParsedFamily> {
  const merged = new Map<string, ParsedFamily>();
  for (const family of scrapes.flatMap(({ families }) => [...families.values()])) {
    const before = merged.get(family.name);
    merged.set(family.name, before === undefined ? family : both(before, family));
  }
  return new Map([...merged].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function both(before: ParsedFamily, after: ParsedFamily): ParsedFamily {
  const series = new Map<string, ParsedSample>();
  for (const sample of [...before.samples, ...after.samples]) {
    series.set(JSON.stringify([sample.name, Object.entries(sample.labels).sort()]), sample);
  }
  return {
    ...after,
    types: [...new Set([...before.types, ...after.types])],
    help: after.help ?? before.help,
    unit: after.unit ?? before.unit,
    samples: [...series.values()],
  };
}
