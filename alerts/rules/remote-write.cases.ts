import { type AlertCase, series } from "../cases";

const prometheus = { job: "prometheus", instance: "prometheus:9090" } as const;
const queue = { ...prometheus, remote_name: "archive", url: "https://archive.example.com/write" } as const;
const perQueue = {
  instance: queue.instance,
  remote_name: queue.remote_name,
  url: queue.url,
  service: "prometheus",
} as const;

/** How the alerts of samples that are sent elsewhere behave. */
export const remoteWriteCases: readonly AlertCase[] = [
  {
    alert: "RemoteWriteBehind",
    severity: "warning",
    series: [
      series("prometheus_remote_storage_queue_highest_timestamp_seconds", queue, [1e9, 1e9, 1e9]),
      series("prometheus_remote_storage_queue_highest_sent_timestamp_seconds", queue, [
        1e9 - 5,
        1e9 - 110,
        1e9 - 150,
      ]),
    ],
    labels: { ...queue, service: "prometheus" },
    summary: "Samples come late to archive",
    description:
      "The newest sample that prometheus:9090 has sent there is 2m 30s older than its newest; at most 120 s are allowed.",
  },
  {
    alert: "RemoteWriteFailing",
    severity: "warning",
    series: [
      series("prometheus_remote_storage_samples_total", queue, [1000, 1000, 1000]),
      series("prometheus_remote_storage_samples_failed_total", queue, [0, 9, 20]),
      // Not there before the first one.
      series("prometheus_remote_storage_samples_dropped_total", queue, [null, null, null]),
    ],
    labels: perQueue,
    summary: "Samples do not get to archive",
    description:
      "2% of the samples of the last 5 minutes were refused there or left out before: they are lost there. At most 1% may be.",
  },
  {
    alert: "RemoteWriteFailing",
    severity: "warning",
    series: [
      series("prometheus_remote_storage_samples_total", queue, [1000, 995, 960]),
      series("prometheus_remote_storage_samples_failed_total", queue, [0, 0, 0]),
      series("prometheus_remote_storage_samples_dropped_total", { ...queue, reason: "too_old" }, [
        null,
        5,
        40,
      ]),
    ],
    labels: perQueue,
    summary: "Samples do not get to archive",
    description:
      "4% of the samples of the last 5 minutes were refused there or left out before: they are lost there. At most 1% may be.",
  },
];
