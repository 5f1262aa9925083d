import { blackboxExporter } from "./blackbox-exporter";
import { cadvisor } from "./cadvisor";
import type { ExporterProgram } from "./exporter-program";
import { logShipper } from "./log-shipper";

// A new exporter is a group of metrics in metrics/<name>.ts, a line in metrics/exporters.ts, its program in a file beside
// cadvisor.ts and a line here. Its scrape job, container, image and limits follow from these. An environment has it by
// its name, as `redis: {}`, or always where its program is standard.

/**
 * The exporters that an environment can have, by their name in its file. What they export is in `metrics/exporters.ts`.
 * node-exporter is none of them: it is on the host's network.
 */
export const exporterPrograms = { blackboxExporter, cadvisor, logShipper } as const satisfies Readonly<
  Record<string, ExporterProgram>
>;

/** Name of an exporter in an environment's file. */
export type ExporterKey = keyof typeof exporterPrograms;

/** Their names in an environment's file. */
export const exporterKeys = Object.keys(exporterPrograms) as readonly ExporterKey[];
