import { max, mul, or, rate, ratio, select, sum } from "../metrics/promql";
import type { Row } from "./dashboard";
import { jaeger, range } from "./monitoring-queries";
import { colors } from "./palette";
import { timeseriesPanel } from "./panels";

const perOperation = { by: ["operation"] } as const;

/** Whether traces get into Jaeger, and out of it. */
export function jaegerRow(): Row {
  const asked = sum(rate(select("jaeger_storage_requests_total", jaeger), range));
  const failed = sum(rate(select("jaeger_storage_requests_total", { ...jaeger, result: "err" }), range));
  return {
    title: "Traces",
    panels: [
      timeseriesPanel({
        title: "Spans",
        description:
          "Spans per second that Jaeger took, refused, could not read, stored, and lost on the way to its storage.",
        unit: "cps",
        queries: {
          taken: sum(rate(select("otelcol_receiver_accepted_spans_total", jaeger), range)),
          refused: sum(rate(select("otelcol_receiver_refused_spans_total", jaeger), range)),
          unreadable: sum(rate(select("otelcol_receiver_failed_spans_total", jaeger), range)),
          stored: sum(rate(select("otelcol_exporter_sent_spans_total", jaeger), range)),
          lost: sum(rate(select("otelcol_exporter_send_failed_spans_total", jaeger), range)),
        },
        colors: { lost: colors.failed },
        noValue: "No spans",
      }),
      timeseriesPanel({
        title: "Memory of Jaeger",
        description: "Memory of Jaeger's process that is held in RAM. Traces in memory are most of it.",
        unit: "bytes",
        queries: { memory: max(select("otelcol_process_memory_rss_bytes", jaeger)) },
      }),
      timeseriesPanel({
        title: "Mean time to find traces",
        description: "Mean time in which the questions for traces were answered, by what was asked.",
        unit: "s",
        queries: {
          "{{operation}}": ratio(
            sum(rate(select("jaeger_storage_latency_seconds_sum", jaeger), range), perOperation),
            sum(rate(select("jaeger_storage_latency_seconds_count", jaeger), range), perOperation),
          ),
        },
        noValue: "Nobody asked",
      }),
      timeseriesPanel({
        title: "Failed questions for traces",
        description: "Share of the questions to the storage of traces that failed.",
        unit: "percentunit",
        queries: { failed: ratio(or(failed, mul(asked, 0)), asked) },
        colors: { failed: colors.failed },
        noValue: "Nobody asked",
      }),
    ],
  };
}
