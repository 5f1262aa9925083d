import { cadvisor } from "./cadvisor";
import type { ExporterProgram } from "./exporter-program";

/**
 * The exporters that an environment can have, by their name in its file. What they export is in `metrics/exporters.ts`.
 * node-exporter is none of them: it is on the host's network.
 */
export const exporterPrograms = { cadvisor } as const satisfies Readonly<Record<string, ExporterProgram>>;

/** Name of an exporter in an environment's file. */
export type ExporterKey = keyof typeof exporterPrograms;

/** Their names in an environment's file. */
export const exporterKeys = Object.keys(exporterPrograms) as readonly ExporterKey[];
