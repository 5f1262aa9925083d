import { matches, mul, or, rate, ratio, select, sum } from "../metrics/promql";
import type { Row } from "./dashboard";
import { loki, range } from "./monitoring-queries";
import { colors } from "./palette";
import { timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";

/** Whether log lines get into Loki, and out of it. */
export function lokiRow({ thresholds }: Pick<DashboardSettings, "thresholds">): Row {
  const requests = "loki_request_duration_seconds_count";
  const ofApi = { ...loki, route: matches("loki_api_v1_.+") } as const;
  const asked = sum(rate(select(requests, ofApi), range));
  const failed = sum(rate(select(requests, { ...ofApi, status_code: matches("5..") }), range));
  return {
    title: "Loki",
    panels: [
      timeseriesPanel({
        title: "Lines to Loki",
        description: "Lines per second that came to Loki, and those of them that it refused, by the reason.",
        unit: "cps",
        queries: {
          came: sum(rate(select("loki_distributor_lines_received_total", loki), range)),
          "refused: {{reason}}": sum(rate(select("loki_discarded_samples_total", loki), range), {
            by: ["reason"],
          }),
        },
        colors: { refused: colors.failed },
        noValue: "No lines",
      }),
      timeseriesPanel({
        title: "Bytes of lines",
        description: "Bytes per second of the lines that came, as they were before Loki packs them.",
        unit: "Bps",
        queries: { came: sum(rate(select("loki_distributor_bytes_received_total", loki), range)) },
        noValue: "No lines",
      }),
      timeseriesPanel({
        title: "Failed requests of Loki",
        description:
          "Share of the requests, for lines and with lines, that Loki answered with 500 or above. Dashed: its alert's threshold.",
        unit: "percentunit",
        queries: { failed: ratio(or(failed, mul(asked, 0)), asked) },
        limits: { warning: thresholds.lokiErrorRatio },
        colors: { failed: colors.failed },
      }),
      timeseriesPanel({
        title: "Streams",
        description:
          "Streams that lines came for lately: one for each set of labels. A label with many values shows here.",
        unit: "none",
        queries: { streams: sum(select("loki_ingester_memory_streams", loki)) },
        noValue: "No lines",
      }),
    ],
  };
}
