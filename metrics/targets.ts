/** Who exports metrics beside a system's own services, and the labels that scraping adds. */

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

/** Who exports a metric in every system; the others are services of a catalogue. */
export type Exporter = ExporterJob | typeof everyService | typeof everyTarget;

/** Labels that the scrape adds to every series. Queries have them; instrumentation must not set them. */
export const targetLabels = ["service", "environment", "job", "instance"] as const;

/** One of the labels that the scrape adds. */
export type TargetLabel = (typeof targetLabels)[number];
