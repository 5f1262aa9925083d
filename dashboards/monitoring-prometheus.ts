import { cutLabel, increase, max, min, rate, select, sub, sum, time } from "../metrics/promql";
import type { Row } from "./dashboard";
import { known } from "./guards";
import { prometheus, range, stored, storedLimit } from "./monitoring-queries";
import { timeseriesPanel } from "./panels";

/** How long rules and queries take, and which fail. */
export function ruleRow(): Row {
  const perGroup = { by: ["rule_group"] } as const;
  return {
    title: "Rules and queries",
    panels: [
      timeseriesPanel({
        title: "Rule evaluation time",
        description:
          "How long the last evaluation of each group took. Longer than its interval, evaluations are left out.",
        unit: "s",
        span: 8,
        queries: {
          // Prometheus calls a group by its file, a semicolon and its name.
          "{{rule_group}}": cutLabel(
            max(select("prometheus_rule_group_last_duration_seconds", prometheus), perGroup),
            "rule_group",
            ".*;(.+)",
          ),
        },
      }),
      timeseriesPanel({
        title: "Rule failures",
        description: "Evaluations per second that failed, and those that were left out for want of time.",
        unit: "cps",
        span: 8,
        queries: {
          failed: sum(rate(select("prometheus_rule_evaluation_failures_total", prometheus), range)),
          "left out": sum(rate(select("prometheus_rule_group_iterations_missed_total", prometheus), range)),
        },
      }),
      timeseriesPanel({
        title: "Query duration p99",
        description:
          "Time in which 99 % of the queries of the last ten minutes were answered, by part of the work.",
        unit: "s",
        span: 8,
        queries: {
          "{{slice}}": known(
            max(select("prometheus_engine_query_duration_seconds", { ...prometheus, quantile: "0.99" }), {
              by: ["slice"],
            }),
          ),
        },
        noValue: "No queries",
      }),
    ],
  };
}

/** How much is stored, how far back, and what went wrong with it. */
export function storageRow(): Row {
  return {
    title: "Storage",
    panels: [
      timeseriesPanel({
        title: "Storage",
        description: "Bytes that the blocks on disk take, and how many they may take where there is a limit.",
        unit: "bytes",
        span: 8,
        queries: { stored, limit: storedLimit },
      }),
      timeseriesPanel({
        title: "Oldest sample",
        description:
          "How far back samples reach. It ends at the retention time, or before it where there is no room.",
        unit: "s",
        span: 8,
        queries: { age: sub(time(), min(select("prometheus_tsdb_lowest_timestamp_seconds", prometheus))) },
      }),
      timeseriesPanel({
        title: "Storage failures",
        description:
          "Compactions and loads of blocks that failed within the hour before, and places where the write-ahead log was broken.",
        unit: "none",
        span: 8,
        queries: {
          compactions: failuresOf("prometheus_tsdb_compactions_failed_total"),
          loads: failuresOf("prometheus_tsdb_reloads_failures_total"),
          log: failuresOf("prometheus_tsdb_wal_corruptions_total"),
        },
      }),
    ],
  };
}

function failuresOf(
  name:
    | "prometheus_tsdb_compactions_failed_total"
    | "prometheus_tsdb_reloads_failures_total"
    | "prometheus_tsdb_wal_corruptions_total",
) {
  return sum(increase(select(name, prometheus), "1h"));
}
