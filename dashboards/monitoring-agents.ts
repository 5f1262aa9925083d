import { and, select, sub, sum, rate } from "../metrics/promql";
import type { Row } from "./dashboard";
import { prometheus, range } from "./monitoring-queries";
import { timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";

const agent = "{{instance}}";
const perAgent = { by: ["instance"] } as const;
const activeSeries = select("prometheus_agent_active_series", prometheus);

/** What each of the agents has to do that write to a workspace, and how much waits with it. */
export function agentRow({ thresholds }: DashboardSettings): Row {
  return {
    title: "Agents",
    panels: [
      timeseriesPanel({
        title: "Series of agents",
        description: "Series that each agent scrapes: shards are even where these are.",
        unit: "short",
        span: 12,
        queries: { [agent]: activeSeries },
      }),
      timeseriesPanel({
        title: "Samples of agents",
        description: "Samples per second that each agent scrapes.",
        unit: "cps",
        span: 12,
        queries: {
          [agent]: sum(rate(select("prometheus_agent_samples_appended_total", prometheus), range), perAgent),
        },
      }),
      timeseriesPanel({
        title: "Lag of agents",
        description:
          "Age of the newest sample that each agent has written, against its newest. Dashed: its alert's threshold.",
        unit: "s",
        span: 12,
        queries: {
          [agent]: and(
            sub(
              select("prometheus_remote_storage_queue_highest_timestamp_seconds", prometheus),
              select("prometheus_remote_storage_queue_highest_sent_timestamp_seconds", prometheus),
            ),
            activeSeries,
            { on: ["instance"] },
          ),
        },
        limits: { warning: thresholds.remoteWriteLag },
      }),
      timeseriesPanel({
        title: "Logs of agents",
        description:
          "Bytes of each agent's write-ahead log: two to three hours of samples, and in an outage all that waits.",
        unit: "bytes",
        span: 12,
        queries: {
          [agent]: and(select("prometheus_tsdb_wal_storage_size_bytes", prometheus), activeSeries, {
            on: ["instance"],
          }),
        },
      }),
    ],
  };
}
