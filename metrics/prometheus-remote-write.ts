import { foreign, owned } from "./define";
import { open } from "./labels";

const seconds = { unit: "seconds" } as const;
const samples = { unit: "samples" } as const;
const shards = { unit: "shards" } as const;
const queue = { remote_name: open(), url: open() };
const sent = { onlyWith: "remote-write", labels: queue } as const;

/** Prometheus on the samples that it sends elsewhere: a queue for each place. */
export const prometheusRemoteWrite = owned({ owner: "prometheus", exportedBy: ["prometheus"] }, [
  foreign("gauge", "prometheus_remote_storage_queue_highest_timestamp_seconds", {
    ...sent,
    ...seconds,
    help: "Newest sample that a queue was given, in Unix time; 0 before the first one.",
  }),
  foreign("gauge", "prometheus_remote_storage_queue_highest_sent_timestamp_seconds", {
    ...sent,
    ...seconds,
    help: "Newest sample that a queue has sent, in Unix time; 0 before the first one.",
  }),
  foreign("counter", "prometheus_remote_storage_samples_total", {
    ...sent,
    ...samples,
    help: "Samples that a queue tried to send, each time anew.",
  }),
  foreign("counter", "prometheus_remote_storage_samples_failed_total", {
    ...sent,
    ...samples,
    help: "Samples that the other side refused for good: they are lost there.",
  }),
  foreign("counter", "prometheus_remote_storage_samples_retried_total", {
    ...sent,
    ...samples,
    help: "Samples that could not be sent and were tried again.",
  }),
  foreign("counter", "prometheus_remote_storage_samples_dropped_total", {
    ...sent,
    ...samples,
    labels: { ...queue, reason: open() },
    help: "Samples that a queue left out before sending, by reason.",
    absentWhen: "none was left out yet",
  }),
  foreign("gauge", "prometheus_remote_storage_shards", {
    ...sent,
    ...shards,
    help: "Connections by which a queue sends at once.",
  }),
  foreign("gauge", "prometheus_remote_storage_shards_desired", {
    ...sent,
    ...shards,
    help: "Connections that a queue would need to keep up.",
  }),
  foreign("gauge", "prometheus_remote_storage_shards_max", {
    ...sent,
    ...shards,
    help: "Connections that a queue may have.",
  }),
]);
