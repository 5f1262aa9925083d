import { storesSeries } from "../../signals/stored-series";
import type { DescribedJob } from "../version/volume";

/** What Prometheus writes of each target itself: no relabelling reaches it. */
const ownNames: ReadonlySet<string> = new Set([
  "up",
  "scrape_body_size_bytes",
  "scrape_duration_seconds",
  "scrape_sample_limit",
  "scrape_samples_post_metric_relabeling",
  "scrape_samples_scraped",
  "scrape_series_added",
  "scrape_timeout_seconds",
]);
/** What it writes of alerts. */
const ofAlerts: ReadonlySet<string> = new Set(["ALERTS", "ALERTS_FOR_STATE"]);

/** Whether Prometheus writes a name by itself, so that nobody can leave it out. */
export function isOwn(name: string): boolean {
  return ownNames.has(name) || ofAlerts.has(name);
}

/** Whether a job's series of a name are stored. */
export function isStored({ job, storesOnly, storesAllBut }: DescribedJob, name: string): boolean {
  const patterns = { ...(storesOnly && { storesOnly }), ...(storesAllBut && { storesAllBut }) };
  return isOwn(name) || storesSeries({ jobName: job, staticConfigs: [], ...patterns }, name);
}
