import { alertmanager } from "./alertmanager";
import { auth } from "./auth";
import { cadvisor } from "./cadvisor";
import type { Metric, MetricType, Owned } from "./define";
import { gateway } from "./gateway";
import { grafana } from "./grafana";
import { http } from "./http";
import { join } from "./join";
import type { LabelValue } from "./labels";
import { nodeExporter } from "./node-exporter";
import { nodejs } from "./nodejs";
import { order } from "./order";
import { processMetrics } from "./process";
import { refusingProblems } from "./problems";
import { product } from "./product";
import { prometheus } from "./prometheus";
import { everyService, everyTarget, type Exporter, type Service } from "./targets";

/** Every metric that something here watches, by name. */
export const catalogue = join(
  http,
  nodejs,
  processMetrics,
  gateway,
  product,
  auth,
  order,
  nodeExporter,
  cadvisor,
  prometheus,
  alertmanager,
  grafana,
);

/** The catalogue's type: each metric with its literal name, type and labels. */
export type Catalogue = typeof catalogue;

/** Name of a metric of the catalogue. */
export type MetricName = keyof Catalogue;

/** One entry of the catalogue. */
export type MetricOf<N extends MetricName> = Catalogue[N];

/** Names of the metrics of a type. */
export type NameOf<T extends MetricType> = {
  [N in MetricName]: MetricOf<N>["type"] extends T ? N : never;
}[MetricName];

/** Names of a metric's labels, those of the scrape left out. */
export type LabelName<N extends MetricName> = keyof MetricOf<N>["labels"] & string;

/** A metric's labels with their allowed values: all of them and no other. */
export type LabelsOf<N extends MetricName> = [LabelName<N>] extends [never]
  ? Readonly<Record<string, never>>
  : { readonly [L in keyof MetricOf<N>["labels"]]: LabelValue<MetricOf<N>["labels"][L]> };

/** What a service exports: its own metrics and those of every service. */
export type CatalogueFor<S extends Service> = {
  readonly [
    N in MetricName as Exports<MetricOf<N>["exportedBy"][number], S> extends true ? N : never
  ]: Catalogue[N];
};
type Exports<X extends Exporter, S extends Service> =
  Extract<X, S | typeof everyService> extends never ? false : true;

/** An entry of the catalogue of any name and type, for code that goes through all of them. */
export type CatalogueEntry = Owned<Metric>;

/** All entries in the catalogue's order. */
export const entries: readonly CatalogueEntry[] = Object.values(catalogue);

/**
 * What a service exports: its own metrics and those of every service.
 * @throws DefinitionError when something is wrong in the catalogue: no service starts with such a one
 */
export function metricsOf<S extends Service>(service: S): CatalogueFor<S> {
  refusingProblems(() => undefined);
  const exported = entries.filter(({ exportedBy }) =>
    exportedBy.some((by) => by === everyService || by === service),
  );
  return Object.fromEntries(exported.map((metric) => [metric.name, metric])) as unknown as CatalogueFor<S>;
}

/** Whether there is a metric of that name. */
export function isMetricName(name: string): name is MetricName {
  return Object.hasOwn(catalogue, name);
}

/** Who exports a metric, in words. */
export function exportersOf(metric: CatalogueEntry): string {
  return metric.exportedBy.map((by) => (by === everyTarget ? "Prometheus, of every target" : by)).join(", ");
}
