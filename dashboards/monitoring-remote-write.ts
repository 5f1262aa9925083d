import { max, rate, select, sub, sum } from "../metrics/promql";
import type { Row } from "./dashboard";
import { prometheus, range } from "./monitoring-queries";
import { colors } from "./palette";
import { timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";

const legend = "{{remote_name}}";
const perQueue = { by: ["remote_name"] } as const;

/** Whether samples come to where they are sent besides. */
export function remoteWriteRow({ thresholds }: DashboardSettings): Row {
  return {
    title: "Samples sent elsewhere",
    panels: [
      timeseriesPanel({
        title: "Lag of sent samples",
        description:
          "Age of the newest sample that was sent, against the newest that there is. Dashed: its alert's threshold.",
        unit: "s",
        span: 8,
        queries: {
          [legend]: max(
            sub(
              select("prometheus_remote_storage_queue_highest_timestamp_seconds", prometheus),
              select("prometheus_remote_storage_queue_highest_sent_timestamp_seconds", prometheus),
            ),
            perQueue,
          ),
        },
        limits: { warning: thresholds.remoteWriteLag },
      }),
      timeseriesPanel({
        title: "Sent samples",
        description:
          "Samples per second that Prometheus tried to send, sent again, lost by a refusal, and left out.",
        unit: "cps",
        span: 8,
        queries: {
          tried: sum(rate(select("prometheus_remote_storage_samples_total", prometheus), range)),
          again: sum(rate(select("prometheus_remote_storage_samples_retried_total", prometheus), range)),
          failed: sum(rate(select("prometheus_remote_storage_samples_failed_total", prometheus), range)),
          "left out": sum(rate(select("prometheus_remote_storage_samples_dropped_total", prometheus), range)),
        },
        colors: { failed: colors.failed },
      }),
      timeseriesPanel({
        title: "Connections for samples",
        description:
          "Connections by which samples are sent at once, how many would be needed, and how many there may be.",
        unit: "none",
        span: 8,
        queries: {
          used: sum(select("prometheus_remote_storage_shards", prometheus)),
          needed: sum(select("prometheus_remote_storage_shards_desired", prometheus)),
          "at most": sum(select("prometheus_remote_storage_shards_max", prometheus)),
        },
      }),
    ],
  };
}
