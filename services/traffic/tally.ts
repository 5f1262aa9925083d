import type { ExpectedCount } from "../customers/customers";
import type { LabelsOf, NameOf } from "../../metrics/catalogue";
import type { ShopCatalogue } from "../../shop/metrics/catalogue";
import type { Service } from "../../shop/metrics/services";

type Counted = NameOf<ShopCatalogue, "counter">;

/** Counts what the answers say that the services must have counted. */
export class Tally {
  private readonly counts = new Map<string, ExpectedCount>();

  /** Adds to a counter of the catalogue. */
  add<N extends Counted>(service: Service, metric: N, labels: LabelsOf<ShopCatalogue, N>, by = 1): void {
    this.addNamed(service, metric, labels, by);
  }

  /** Adds an observation to a histogram: to its `_count` and `_sum`. */
  observe<N extends NameOf<ShopCatalogue, "histogram">>(
    service: Service,
    metric: N,
    labels: LabelsOf<ShopCatalogue, N>,
    value: number,
  ): void {
    this.addNamed(service, `${metric}_count`, labels, 1);
    this.addNamed(service, `${metric}_sum`, labels, value);
  }

  /** All counts, by service, metric and labels. */
  expected(): readonly ExpectedCount[] {
    return [...this.counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
  }

  private addNamed(
    service: Service,
    metric: string,
    labels: Readonly<Record<string, string>>,
    by: number,
  ): void {
    const key = [service, metric, ...Object.entries(labels).flat()].join("\u0000");
    const value = (this.counts.get(key)?.value ?? 0) + by;
    this.counts.set(key, { service, metric, labels, value });
  }
}
