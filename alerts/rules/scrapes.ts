import { gt, increase, select } from "../../metrics/promql";
import { scrapeRange } from "../rare-events";
import type { AlertRule, DashboardUid, RuleSettings } from "../rule";
import { timeInWords } from "../text";

const common = { dashboard: { uid: "monitoring" } } as const;

/** The limits of a scrape, each with what counts the scrapes beyond it and what a target had too much of. */
const limits = {
  samples: { counts: "prometheus_target_scrapes_exceeded_sample_limit_total", tooMuch: "too many samples" },
  body: { counts: "prometheus_target_scrapes_exceeded_body_size_limit_total", tooMuch: "too many bytes" },
  labels: {
    counts: "prometheus_target_scrape_pool_exceeded_label_limits_total",
    tooMuch: "too many or too long labels",
  },
} as const;

/** Why samples of a scrape are refused, each with what counts them and what they had. */
const refusals = {
  duplicate: {
    counts: "prometheus_target_scrapes_sample_duplicate_timestamp_total",
    had: "another value of the same series and time was there before",
  },
  "out-of-order": {
    counts: "prometheus_target_scrapes_sample_out_of_order_total",
    had: "a newer one of the same series was there before",
  },
} as const;

/** Alerts of what Prometheus refuses of that which it scrapes: nobody else would tell that it is missing. */
export function scrapeAlerts(settings: RuleSettings): AlertRule<DashboardUid>[] {
  const range = scrapeRange(settings);
  return [
    ...Object.entries(limits).map(([limit, { counts, tooMuch }]): AlertRule<DashboardUid> => ({
      alert: "ScrapeLimitExceeded",
      severity: "warning",
      expr: gt(increase(select(counts), range), 0),
      // As long as the range: a single one is no alert.
      for: range,
      labels: { service: "prometheus", limit },
      summary: `A target has ${tooMuch}`,
      description:
        'About {{ $value | printf "%.0f" }} scrapes of the last ' +
        `${timeInWords(range)} were refused whole, as they had ${tooMuch}: nothing of that target is known.`,
      ...common,
    })),
    ...Object.entries(refusals).map(([reason, { counts, had }]): AlertRule<DashboardUid> => ({
      alert: "SamplesRefused",
      severity: "warning",
      expr: gt(increase(select(counts), range), 0),
      for: range,
      labels: { service: "prometheus", reason },
      summary: "Prometheus refuses samples",
      description:
        'About {{ $value | printf "%.0f" }} samples of the last ' +
        `${timeInWords(range)} were refused, as ${had}.`,
      ...common,
    })),
  ];
}
