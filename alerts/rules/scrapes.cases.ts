import { type AlertCase, every, rare, series } from "../cases";

const prometheus = { job: "prometheus", instance: "prometheus:9090" } as const;
const service = "prometheus";
/** One that is refused, and one at each scrape. */
const refused = [0, every(600, { times: 1 }), every(15)] as const;

/** How the alerts of what is refused of scrapes behave. */
export const scrapeCases: readonly AlertCase[] = [
  {
    alert: "ScrapeLimitExceeded",
    severity: "warning",
    series: [series("prometheus_target_scrapes_exceeded_sample_limit_total", prometheus, refused)],
    ...rare,
    labels: { ...prometheus, service, limit: "samples" },
    summary: "A target has too many samples",
    description:
      "About 20 scrapes of the last 5 minutes were refused whole, as they had too many samples: nothing of that target is known.",
  },
  {
    alert: "ScrapeLimitExceeded",
    severity: "warning",
    series: [series("prometheus_target_scrapes_exceeded_body_size_limit_total", prometheus, refused)],
    ...rare,
    labels: { ...prometheus, service, limit: "body" },
    summary: "A target has too many bytes",
    description:
      "About 20 scrapes of the last 5 minutes were refused whole, as they had too many bytes: nothing of that target is known.",
  },
  {
    alert: "ScrapeLimitExceeded",
    severity: "warning",
    series: [series("prometheus_target_scrape_pool_exceeded_label_limits_total", prometheus, refused)],
    ...rare,
    labels: { ...prometheus, service, limit: "labels" },
    summary: "A target has too many or too long labels",
    description:
      "About 20 scrapes of the last 5 minutes were refused whole, as they had too many or too long labels: nothing of that target is known.",
  },
  {
    alert: "SamplesRefused",
    severity: "warning",
    series: [series("prometheus_target_scrapes_sample_duplicate_timestamp_total", prometheus, refused)],
    ...rare,
    labels: { ...prometheus, service, reason: "duplicate" },
    summary: "Prometheus refuses samples",
    description:
      "About 20 samples of the last 5 minutes were refused, as another value of the same series and time was there before.",
  },
  {
    alert: "SamplesRefused",
    severity: "warning",
    series: [series("prometheus_target_scrapes_sample_out_of_order_total", prometheus, refused)],
    ...rare,
    labels: { ...prometheus, service, reason: "out-of-order" },
    summary: "Prometheus refuses samples",
    description:
      "About 20 samples of the last 5 minutes were refused, as a newer one of the same series was there before.",
  },
];
