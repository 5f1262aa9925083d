import { avg, max, rate, select, sum } from "../metrics/promql";
import type { Row } from "./dashboard";
import { chosen, prometheus, range, series, up } from "./monitoring-queries";
import { timeseriesPanel } from "./panels";

const perJob = { by: ["job"] } as const;

/** Whether the targets answer, how long that takes, and what of it is refused. */
export function scrapeRow(): Row {
  return {
    title: "Scrapes",
    panels: [
      timeseriesPanel({
        title: "Targets",
        description: "Share of each job's targets that answered the last scrape.",
        unit: "percentunit",
        span: 8,
        max: 1,
        queries: { "{{job}}": avg(up, perJob) },
      }),
      timeseriesPanel({
        title: "Scrape durations",
        description:
          "The longest scrape of each job. Beyond the scrape timeout, ten seconds by default, it fails.",
        unit: "s",
        span: 8,
        queries: { "{{job}}": max(select("scrape_duration_seconds", chosen), perJob) },
      }),
      timeseriesPanel({
        title: "Scrape sizes",
        description: "Samples in the largest scrape of each job.",
        unit: "short",
        span: 8,
        queries: { "{{job}}": max(select("scrape_samples_scraped", chosen), perJob) },
      }),
      timeseriesPanel({
        title: "Refused scrapes",
        description: "Scrapes per second that were refused whole, by the limit that they were beyond.",
        unit: "cps",
        queries: {
          samples: sum(
            rate(select("prometheus_target_scrapes_exceeded_sample_limit_total", prometheus), range),
          ),
          bytes: sum(
            rate(select("prometheus_target_scrapes_exceeded_body_size_limit_total", prometheus), range),
          ),
          labels: sum(
            rate(select("prometheus_target_scrape_pool_exceeded_label_limits_total", prometheus), range),
          ),
        },
      }),
      timeseriesPanel({
        title: "Refused samples",
        description:
          "Samples per second that were refused, as another value or a newer one of the same series was there before.",
        unit: "cps",
        queries: {
          duplicate: sum(
            rate(select("prometheus_target_scrapes_sample_duplicate_timestamp_total", prometheus), range),
          ),
          "out of order": sum(
            rate(select("prometheus_target_scrapes_sample_out_of_order_total", prometheus), range),
          ),
        },
      }),
    ],
  };
}

/** How many series there are, and how many come and go. */
export function seriesRow(): Row {
  const created = sum(rate(select("prometheus_tsdb_head_series_created_total", prometheus), range));
  const removed = sum(rate(select("prometheus_tsdb_head_series_removed_total", prometheus), range));
  return {
    title: "Series",
    panels: [
      timeseriesPanel({
        title: "Series in memory",
        description: "Series that Prometheus holds in memory: its memory grows with them.",
        unit: "short",
        span: 8,
        queries: { series },
      }),
      timeseriesPanel({
        title: "Growth of series",
        description: "Series made and series removed per second. Many of both are labels without a bound.",
        unit: "cps",
        span: 8,
        queries: { created, removed },
      }),
      timeseriesPanel({
        title: "Samples",
        description: "Samples stored per second.",
        unit: "cps",
        span: 8,
        queries: {
          samples: sum(rate(select("prometheus_tsdb_head_samples_appended_total", prometheus), range)),
        },
      }),
    ],
  };
}
