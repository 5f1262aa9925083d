import { alertmanager } from "./alertmanager";
import { blackboxExporter, probes } from "./blackbox-exporter";
import { cadvisor } from "./cadvisor";
import { edge } from "./edge";
import { grafana } from "./grafana";
import { jaeger } from "./jaeger";
import { logShipper } from "./log-shipper";
import { loki } from "./loki";
import { nodeExporter } from "./node-exporter";
import { prometheus } from "./prometheus";
import { spanMetrics } from "./span-metrics";
import { type everyService, everyTarget, probeJob } from "./targets";

/** What the programs of others export that watch a system: a group each. */
export const exporterGroups = [
  nodeExporter,
  cadvisor,
  blackboxExporter,
  probes,
  prometheus,
  alertmanager,
  grafana,
  jaeger,
  spanMetrics,
  logShipper,
  loki,
  edge,
] as const;

type JobsOf<G> = {
  [N in keyof G]: G[N] extends { readonly exportedBy: readonly (infer X)[] } ? X : never;
}[keyof G];
type ExportersOf<Groups> = Groups extends readonly (infer G)[]
  ? G extends unknown
    ? JobsOf<G>
    : never
  : never;

/** One of the scraped programs of others: the value of the label `job`. */
export type ExporterJob = Exclude<ExportersOf<typeof exporterGroups>, typeof everyTarget | typeof probeJob>;

/** All of them, in the order of their groups. */
export const exporters: readonly ExporterJob[] = [
  ...new Set(
    exporterGroups.flatMap((group) =>
      Object.values<{ readonly exportedBy: readonly string[] }>(group).flatMap(
        ({ exportedBy }) => exportedBy,
      ),
    ),
  ),
].filter((job): job is ExporterJob => job !== everyTarget && job !== probeJob);

/** Jobs of the monitoring itself: all others are services. */
export const monitoringJobs = exporters as readonly [ExporterJob, ...ExporterJob[]];

/** Those that measure themselves by other means: Jaeger by OpenTelemetry, Fluent Bit by its own. */
const withoutClient: readonly ExporterJob[] = ["jaeger", "span-metrics", "log-shipper"];

/** Those that say of their process what Prometheus's clients do. */
export const exportersWithClient = exporters.filter((job) => !withoutClient.includes(job));

/** Who exports a metric in every system; the others are services of a catalogue. */
export type Exporter = ExporterJob | typeof everyService | typeof everyTarget | typeof probeJob;
