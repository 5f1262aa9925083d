import { type AlertCase, series } from "../cases";

const jaeger = { job: "jaeger", instance: "jaeger:8888" } as const;
const received = { ...jaeger, receiver: "otlp", transport: "http" } as const;
const stored = { ...jaeger, exporter: "jaeger_storage_exporter" } as const;
const labels = { instance: "jaeger:8888", service: "jaeger" } as const;

/** How the alerts of Jaeger behave. */
export const jaegerCases: readonly AlertCase[] = [
  {
    alert: "JaegerSpansRefused",
    severity: "warning",
    series: [
      series("otelcol_receiver_accepted_spans_total", received, [100, 99.1, 98]),
      series("otelcol_receiver_refused_spans_total", received, [0, 0.5, 1.5]),
      series("otelcol_receiver_failed_spans_total", received, [0, 0.4, 0.5]),
    ],
    labels,
    summary: "Jaeger refuses spans",
    description: "2% of the spans of the last 5 minutes were not taken; at most 1% may be. Traces have gaps.",
  },
  {
    alert: "JaegerSpansLost",
    severity: "warning",
    series: [
      series("otelcol_exporter_sent_spans_total", stored, [100, 99.1, 98]),
      series("otelcol_exporter_send_failed_spans_total", stored, [0, 0.9, 2]),
    ],
    labels,
    summary: "Jaeger cannot store spans",
    description:
      "2% of the spans of the last 5 minutes were taken and then lost; at most 1% may be. Who sent them does not know.",
  },
];
