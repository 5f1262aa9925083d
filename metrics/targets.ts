/**
 * Who exports metrics. A team's own service is one line in `services`: it then has the HTTP and Node.js metrics,
 * and its own ones once a file beside this one defines them and `catalogue.ts` lists it.
 */

/** What the catalogue knows of a service. */
interface CataloguedService {
  /** The most series that one instance of it may export (see `series.ts`). */
  readonly seriesBudget: number;
  /** The team that owns it: an environment may send its alerts to receivers of their own. */
  readonly owner: string;
}

/** The services. */
export const services = {
  "api-gateway": { seriesBudget: 10_000, owner: "storefront" },
  "product-service": { seriesBudget: 10_000, owner: "storefront" },
  "auth-service": { seriesBudget: 10_000, owner: "identity" },
  "order-service": { seriesBudget: 10_000, owner: "checkout" },
} as const satisfies Readonly<Record<string, CataloguedService>>;

/** Name of a service: the value of the label `service`. */
export type Service = keyof typeof services;

/** Names of all services, in the order of the catalogue. */
export const serviceNames = Object.keys(services) as readonly Service[];

/** Owners of services. */
export const owners: readonly string[] = [...new Set(Object.values(services).map(({ owner }) => owner))];

/** Those of some services that an owner owns, by the catalogue. */
export function servicesOf(owner: string, among: readonly string[]): readonly string[] {
  return serviceNames.filter((name) => services[name].owner === owner && among.includes(name));
}

/** Programs of others that are scraped: the value of the label `job`. */
export const exporters = ["node-exporter", "cadvisor", "prometheus", "alertmanager", "grafana"] as const;

/** One of the scraped programs of others. */
export type ExporterJob = (typeof exporters)[number];

/** Jobs of the monitoring itself: all others are services. */
export const monitoringJobs = [...exporters, "jaeger"] as const;

/** Exported by each service, those of a team's own included. */
export const everyService = "every service";

/** Written by Prometheus itself for each target that it scrapes. */
export const everyTarget = "every target";

/** Who exports a metric. */
export type Exporter = Service | ExporterJob | typeof everyService | typeof everyTarget;

/** Labels that the scrape adds to every series. Queries have them; instrumentation must not set them. */
export const targetLabels = ["service", "environment", "job", "instance"] as const;

/** One of the labels that the scrape adds. */
export type TargetLabel = (typeof targetLabels)[number];
