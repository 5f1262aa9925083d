import type { Catalogue } from "../../../metrics/catalogue";
import { isRequired } from "../../../metrics/contract/check";
import { familyOf } from "../../../metrics/families";
import { everyService } from "../../../metrics/targets";
import type { ReadSelector } from "./selectors";

/** Series that a service must export, as somebody reads them. */
export interface OwedSeries {
  readonly service: string;
  readonly selector: ReadSelector;
}

/**
 * What the services owe their readers: each metric that is read, of every service that exports it by the catalogue.
 * What a runtime exports by itself is owed by programs of Node alone.
 * @param isNode tells by its name whether a service is one
 */
export function owedSeries(
  selectors: readonly ReadSelector[],
  services: readonly string[],
  catalogue: Catalogue,
  isNode: (service: string) => boolean,
): readonly OwedSeries[] {
  const byName = new Map<string, ReadSelector>();
  for (const { metric, readers } of selectors) {
    const known = byName.get(metric)?.readers ?? [];
    byName.set(metric, { metric, labels: [], readers: [...new Set([...known, ...readers])] });
  }
  return [...byName.values()].flatMap((selector) => {
    const entry = familyOf(catalogue, selector.metric);
    if (entry === undefined) return [];
    return services
      .filter(
        (service) =>
          entry.exportedBy.some((by) => by === everyService || by === service) &&
          isRequired(entry, isNode(service)),
      )
      .map((service) => ({ service, selector }));
  });
}
