import { foreign, owned } from "./define";
import { open } from "./labels";

/** One tenant, as nobody is asked who they are; the others are of what this Loki is not used for. */
const ofTenant = { tenant: open(), policy: open(), format: open() } as const;
const untilLines = "no line came yet";

/** What dashboards and rules read of Loki, as 3.7 exports it. */
export const loki = owned({ owner: "loki", title: "Log lines (Loki)", exportedBy: ["loki"] }, [
  foreign("counter", "loki_distributor_lines_received_total", {
    unit: "lines",
    help: "Lines that came, those that are refused afterwards included.",
    labels: { ...ofTenant, is_internal_stream: open() },
    absentWhen: untilLines,
  }),
  foreign("counter", "loki_distributor_bytes_received_total", {
    unit: "bytes",
    help: "Bytes of the lines that came, uncompressed.",
    labels: { ...ofTenant, is_internal_stream: open(), retention_hours: open() },
    absentWhen: untilLines,
  }),
  foreign("counter", "loki_discarded_samples_total", {
    unit: "lines",
    help: "Lines that were refused, by the reason.",
    labels: { ...ofTenant, reason: open(), retention_hours: open() },
    absentWhen: "no line was refused yet",
  }),
  foreign("histogram", "loki_request_duration_seconds", {
    unit: "seconds",
    help: "Time in which requests were answered.",
    labels: { method: open(), route: open(), status_code: open(), ws: open() },
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100],
  }),
  foreign("gauge", "loki_ingester_memory_streams", {
    unit: "streams",
    help: "Streams, one for each set of labels, that lines came for lately.",
    labels: { tenant: open() },
    absentWhen: untilLines,
  }),
]);
