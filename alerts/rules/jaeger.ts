import { add, gt, rate, ratio, select, sum } from "../../metrics/promql";
import type { AlertRule, DashboardUid, RuleSettings } from "../rule";
import { percent } from "../text";
import { type OwnThresholds, share, threshold } from "../threshold";

/** What the alerts of Jaeger compare with. */
export const jaegerThresholds = {
  jaegerLostSpans: threshold("spans that Jaeger did not take or did not store", "ratio", 0.01, share),
} as const satisfies OwnThresholds;

const common = {
  severity: "warning",
  for: "5m",
  keepFiringFor: "5m",
  labels: { service: "jaeger" },
  dashboard: { uid: "monitoring" },
} as const;
const perInstance = { by: ["instance"] } as const;

type SpanCounter =
  | "otelcol_receiver_accepted_spans_total"
  | "otelcol_receiver_refused_spans_total"
  | "otelcol_receiver_failed_spans_total"
  | "otelcol_exporter_sent_spans_total"
  | "otelcol_exporter_send_failed_spans_total";

function spans(counter: SpanCounter) {
  return sum(rate(select(counter), "5m"), perInstance);
}

/** Alerts of Jaeger: whether spans get into it, and into its storage. */
export function jaegerAlerts({ thresholds: limits }: RuleSettings): AlertRule<DashboardUid>[] {
  const refused = add(
    spans("otelcol_receiver_refused_spans_total"),
    spans("otelcol_receiver_failed_spans_total"),
  );
  const lost = spans("otelcol_exporter_send_failed_spans_total");
  return [
    {
      alert: "JaegerSpansRefused",
      expr: gt(
        ratio(refused, add(refused, spans("otelcol_receiver_accepted_spans_total"))),
        limits.jaegerLostSpans,
      ),
      summary: "Jaeger refuses spans",
      description:
        "{{ $value | humanizePercentage }} of the spans of the last 5 minutes were not taken; at most " +
        `${percent(limits.jaegerLostSpans)} may be. Traces have gaps.`,
      ...common,
    },
    {
      alert: "JaegerSpansLost",
      expr: gt(ratio(lost, add(lost, spans("otelcol_exporter_sent_spans_total"))), limits.jaegerLostSpans),
      summary: "Jaeger cannot store spans",
      description:
        "{{ $value | humanizePercentage }} of the spans of the last 5 minutes were taken and then lost; at most " +
        `${percent(limits.jaegerLostSpans)} may be. Who sent them does not know.`,
      ...common,
    },
  ];
}
