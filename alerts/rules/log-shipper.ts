import { and, eq, gt, increase, lt, rate, select } from "../../metrics/promql";
import type { AlertRule, DashboardUid, RuleSettings } from "../rule";
import { scrapeRange } from "../rare-events";
import { percent, timeInWords } from "../text";
import { type OwnThresholds, share, threshold } from "../threshold";

/** What the alerts of the log shipper compare with. */
export const logShipperThresholds = {
  logLinesWaiting: threshold("room for lines that wait that is taken", "ratio", 0.5, share),
} as const satisfies OwnThresholds;

const common = {
  severity: "warning",
  labels: { service: "log-shipper" },
  dashboard: { uid: "monitoring" },
} as const;

/** Alerts of the way of log lines: whether they arrive, wait or are lost. */
export function logShipperAlerts(settings: RuleSettings): AlertRule<DashboardUid>[] {
  const range = scrapeRange(settings);
  const { logLinesWaiting } = settings.thresholds;
  return [
    {
      alert: "LogLinesLost",
      expr: gt(increase(select("fluentbit_output_dropped_records_total"), range), 0),
      keepFiringFor: "10m",
      summary: "Log lines for {{ $labels.name }} are lost",
      description:
        'About {{ $value | printf "%.0f" }} log lines of the last ' +
        `${timeInWords(range)} were dropped on the way to {{ $labels.name }}: there was no room for them to wait, or it ` +
        "would never take them.",
      ...common,
    },
    {
      alert: "LogLinesNotSent",
      expr: and(
        gt(rate(select("fluentbit_output_retries_total"), range), 0),
        eq(rate(select("fluentbit_output_proc_records_total"), range), 0),
      ),
      for: "10m",
      summary: "Log lines do not get to {{ $labels.name }}",
      description:
        "{{ $labels.name }} has taken no log line for more than 10 minutes, though there are some. They wait.",
      ...common,
    },
    {
      alert: "LogLinesWaiting",
      expr: lt(select("fluentbit_output_chunk_available_capacity_percent"), 100 * (1 - logLinesWaiting)),
      for: "5m",
      summary: "Log lines wait for {{ $labels.name }}",
      description:
        '{{ $value | printf "%.0f" }} % of the room for lines that wait for {{ $labels.name }} is left; ' +
        `at most ${percent(logLinesWaiting)} of it may be taken. When it is full, the oldest are lost.`,
      ...common,
    },
  ];
}
