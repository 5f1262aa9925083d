/**
 * Who exports metrics. A team's own service is one line in `services`: it then has the HTTP and Node.js metrics,
 * and its own ones once a file beside this one defines them and `catalogue.ts` lists it.
 */

/** The services, each with the most series that one instance of it may export (see `series.ts`). */
export const services = {
  "api-gateway": { seriesBudget: 10_000 },
  "product-service": { seriesBudget: 10_000 },
  "auth-service": { seriesBudget: 10_000 },
  "order-service": { seriesBudget: 10_000 },
} as const satisfies Readonly<Record<string, { readonly seriesBudget: number }>>;

/** Name of a service: the value of the label `service`. */
export type Service = keyof typeof services;

/** Names of all services, in the order of the catalogue. */
export const serviceNames = Object.keys(services) as readonly Service[];

/** Programs of others that are scraped: the value of the label `job`. */
export const exporters = ["node-exporter", "cadvisor", "prometheus", "alertmanager", "grafana"] as const;

/** One of the scraped programs of others. */
export type ExporterJob = (typeof exporters)[number];

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
