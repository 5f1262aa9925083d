import { cadvisor } from "./cadvisor";
import type { ExporterProgram } from "./exporter-program";

/**
 * The exporters that an environment can have, by their name in its file (`redis: {}`). node-exporter is none of them: it
 * is on the host's network.
 *
 * A new one is a group of metrics in `metrics/<name>.ts`, a line in `metrics/exporters.ts`, its program in a file beside
 * `cadvisor.ts` and a line here. Its scrape job, container, image and limits follow from these.
 */
export const exporterPrograms = { cadvisor } as const satisfies Readonly<Record<string, ExporterProgram>>;

/** Name of an exporter in an environment's file. */
export type ExporterKey = keyof typeof exporterPrograms;

/** Their names in an environment's file. */
export const exporterKeys = Object.keys(exporterPrograms) as readonly ExporterKey[];
