import { foreign, owned } from "./define";
import { oneOf } from "./labels";

const destination = { labels: { name: oneOf("cloudwatch", "loki") } } as const;

/**
 * What dashboards and rules read of Fluent Bit, which sends the containers' lines on. The series of a destination are
 * there from the start, at 0.
 */
export const logShipper = owned(
  { owner: "log-shipper", title: "Log shipper (Fluent Bit)", exportedBy: ["log-shipper"] },
  [
    foreign("counter", "fluentbit_input_records_total", {
      unit: "lines",
      help: "Events that were made of the lines that were read (`containers`), and that were read back of those that wait.",
      labels: { name: oneOf("containers", "storage_backlog.1") },
    }),
    foreign("counter", "fluentbit_output_proc_records_total", {
      unit: "events",
      help: "Events that a destination took.",
      ...destination,
    }),
    foreign("counter", "fluentbit_output_retries_total", {
      unit: "retries",
      help: "Chunks of events that a destination did not take and that are sent again.",
      ...destination,
    }),
    foreign("counter", "fluentbit_output_dropped_records_total", {
      unit: "events",
      help: "Events that were dropped: there was no more room for them to wait, or a destination would never take them.",
      ...destination,
    }),
    foreign("gauge", "fluentbit_output_chunk_available_capacity_percent", {
      unit: "percent",
      help: "How much of the room for what waits is free, from 0 to 100.",
      ...destination,
    }),
  ],
);
