/** Who exports metrics beside a system's own services, and the labels that scraping adds. */

/** Exported by each service, those of a team's own included. */
export const everyService = "every service";

/** Written by Prometheus itself for each target that it scrapes. */
export const everyTarget = "every target";

/** Job of what is measured of each URL that is asked from outside. The program that asks has a job of its own. */
export const probeJob = "probe";

/** Programs of the monitoring whose pages an edge shows: values of the label `service` of what is asked of them from outside. */
export const edgePrograms = ["grafana", "prometheus", "alertmanager", "jaeger"] as const;

/** One of these. */
export type EdgeProgram = (typeof edgePrograms)[number];

/** Labels that the scrape adds to every series. Queries have them; instrumentation must not set them. */
export const targetLabels = ["service", "environment", "job", "instance"] as const;

/** One of the labels that the scrape adds. */
export type TargetLabel = (typeof targetLabels)[number];
