import { type AlertCase, every, series } from "../cases";

const prometheus = { job: "prometheus", instance: "prometheus:9090" } as const;
const labels = { ...prometheus, service: "prometheus" } as const;

/** How the alerts of Prometheus's storage behave. */
export const storageCases: readonly AlertCase[] = [
  {
    alert: "PrometheusWalCorrupted",
    severity: "warning",
    // Found at the start: the counter comes with it.
    series: [series("prometheus_tsdb_wal_corruptions_total", prometheus, [0, 0, () => 1])],
    labels,
    summary: "Prometheus has lost samples from its log",
    description:
      "prometheus:9090 found its write-ahead log broken and cut it off there: the samples of the last hours may have a gap.",
  },
  {
    alert: "PrometheusWalCorrupted",
    severity: "warning",
    // Its history begins with it.
    series: [series("prometheus_tsdb_wal_corruptions_total", prometheus, [null, null, () => 2])],
    labels,
    summary: "Prometheus has lost samples from its log",
    description:
      "prometheus:9090 found its write-ahead log broken and cut it off there: the samples of the last hours may have a gap.",
  },
  {
    alert: "PrometheusCompactionsFailing",
    severity: "warning",
    series: [
      series("prometheus_tsdb_compactions_failed_total", prometheus, [
        0,
        every(1200, { times: 1 }),
        every(60),
      ]),
    ],
    labels,
    summary: "Prometheus cannot write its blocks",
    description:
      "prometheus:9090 failed to compact about 14 times in the last 15 minutes: its memory and its log grow until it can.",
  },
  {
    alert: "PrometheusBlockReloadsFailing",
    severity: "warning",
    series: [
      series("prometheus_tsdb_reloads_failures_total", prometheus, [0, every(1200, { times: 1 }), every(60)]),
    ],
    labels,
    summary: "Prometheus cannot load its blocks",
    description:
      "prometheus:9090 failed to load its blocks about 14 times in the last 15 minutes: new ones are not seen, and old ones are not deleted.",
  },
];
