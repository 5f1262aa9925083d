import type { PrometheusClient } from "../clients/prometheus-client";
import { exactly } from "../../signals/volume/range";
import { recordedJob, type StoredSeries } from "../../signals/volume/series";
import { type OnCounted, seriesCounts } from "./series-counts";

/** Names of what Prometheus writes of alerts. */
const ofAlerts = ["ALERTS", "ALERTS_FOR_STATE"];

/**
 * The series that a Prometheus has now, or what answers as one.
 * @throws RequestError when it does not answer
 */
export async function seriesMeasured(
  prometheus: PrometheusClient,
  onCounted?: OnCounted,
): Promise<readonly StoredSeries[]> {
  const counted = await seriesCounts(prometheus, onCounted);
  const targets = await prometheus.query("count by (job) (up)");
  const jobs = new Map<string, Map<string, ReturnType<typeof exactly>>>();
  for (const { metric, value } of counted) {
    const { job = recordedJob, __name__: name = "" } = metric;
    const of = name.includes(":") || ofAlerts.includes(name) ? recordedJob : job;
    const byName = jobs.get(of) ?? new Map<string, ReturnType<typeof exactly>>();
    jobs.set(of, byName.set(name, exactly((byName.get(name)?.least ?? 0) + value)));
  }
  const known = (job: string) => targets.find(({ metric }) => metric.job === job)?.value ?? 0;
  return [...jobs]
    .map(([job, byName]) => ({ job, targets: known(job), isDiscovered: false, byName }))
    .sort(
      (a, b) => Number(a.job === recordedJob) - Number(b.job === recordedJob) || (a.job < b.job ? -1 : 1),
    );
}
