import { mul, rate, select, sub, sum } from "../metrics/promql";
import type { Row } from "./dashboard";
import { logShipper, range } from "./monitoring-queries";
import { colors } from "./palette";
import { timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";

const perDestination = { by: ["name"] } as const;

/** Whether log lines get from the containers to where they are looked for. */
export function logRow({ thresholds }: DashboardSettings): Row {
  return {
    title: "Log lines",
    panels: [
      timeseriesPanel({
        title: "Log lines on their way",
        description:
          "Events per second that were read of the containers, and that each destination took. A line is an event, and so is " +
          "a stack of several lines.",
        unit: "cps",
        queries: {
          read: sum(
            rate(select("fluentbit_input_records_total", { ...logShipper, name: "containers" }), range),
          ),
          "to {{name}}": sum(
            rate(select("fluentbit_output_proc_records_total", logShipper), range),
            perDestination,
          ),
        },
        noValue: "No lines",
      }),
      timeseriesPanel({
        title: "Log lines lost",
        description: "Events per second that were dropped on the way to each destination.",
        unit: "cps",
        queries: {
          "for {{name}}": sum(
            rate(select("fluentbit_output_dropped_records_total", logShipper), range),
            perDestination,
          ),
        },
        colors: { "for {{name}}": colors.failed },
      }),
      timeseriesPanel({
        title: "Room for waiting log lines",
        description: "Share of the room for lines that wait for each destination that is taken.",
        unit: "percentunit",
        queries: {
          "for {{name}}": sub(
            1,
            mul(select("fluentbit_output_chunk_available_capacity_percent", logShipper), 0.01),
          ),
        },
        limits: { warning: thresholds.logLinesWaiting },
      }),
      timeseriesPanel({
        title: "Retries of log lines",
        description: "Chunks of lines per second that a destination did not take and that are sent again.",
        unit: "cps",
        queries: {
          "to {{name}}": sum(
            rate(select("fluentbit_output_retries_total", logShipper), range),
            perDestination,
          ),
        },
      }),
    ],
  };
}
