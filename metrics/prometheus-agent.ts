import { foreign, owned } from "./define";
import { open } from "./labels";

const failures = { unit: "failures" } as const;
const ofAgents = { onlyWith: "prometheus-agents" } as const;

/** Prometheus as an agent, on what it scrapes and has still to send. */
export const prometheusAgent = owned({ owner: "prometheus", exportedBy: ["prometheus"] }, [
  foreign("gauge", "prometheus_agent_active_series", {
    ...ofAgents,
    unit: "series",
    help: "Series that it scrapes.",
  }),
  foreign("counter", "prometheus_agent_samples_appended_total", {
    ...ofAgents,
    unit: "samples",
    help: "Samples that it scraped.",
    labels: { type: open() },
  }),
  foreign("counter", "prometheus_agent_corruptions_total", {
    ...ofAgents,
    ...failures,
    help: "Corruptions of the log of what is to be sent.",
  }),
  foreign("gauge", "prometheus_tsdb_wal_storage_size_bytes", {
    unit: "bytes",
    help: "Size of the write-ahead log on disk; of an agent, of all that it keeps.",
  }),
  foreign("counter", "prometheus_tsdb_wal_writes_failed_total", {
    ...failures,
    help: "Writes to the write-ahead log that failed.",
  }),
  foreign("counter", "prometheus_tsdb_wal_truncations_failed_total", {
    ...failures,
    help: "Failed attempts to cut off what is needed no more of the write-ahead log.",
  }),
]);
