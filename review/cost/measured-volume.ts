import type { PrometheusClient } from "../../operations/clients/prometheus-client";
import { seriesMeasured } from "../../operations/cost/measured";
import type { OnCounted } from "../../operations/cost/series-counts";
import { withoutCredentials } from "../../operations/terminal/credentials";
import type { DescribedVolume } from "../version/volume";

/** The series of one name that a job has in a Prometheus. */
export interface MeasuredSeries {
  readonly name: string;
  readonly count: number;
  /** By the text of `le`; of those histograms alone whose buckets are not all read. */
  readonly byLe?: Readonly<Record<string, number>>;
}

/** The series that a Prometheus has, now. */
export interface MeasuredVolume {
  /** Its URL, without credentials. */
  readonly at: string;
  readonly jobs: readonly {
    /** `(recorded by rules)` of what has none, and of recorded names. */
    readonly job: string;
    readonly targets: number;
    readonly series: readonly MeasuredSeries[];
  }[];
}

/**
 * Counts the series that a Prometheus has of each job and name.
 * @param volume of the version that is reviewed: of which histograms only some buckets are read
 * @throws RequestError when it does not answer
 */
export async function measureVolume(
  prometheus: PrometheusClient,
  volume: Pick<DescribedVolume, "bucketsRead">,
  onCounted?: OnCounted,
): Promise<MeasuredVolume> {
  const stored = await seriesMeasured(prometheus, onCounted);
  const byLe = new Map<string, Record<string, number>>();
  for (const name of Object.keys(volume.bucketsRead)) {
    for (const { metric, value } of await prometheus.query(`count by (job, le) (${name})`)) {
      const key = keyOf(metric.job ?? "", name);
      byLe.set(key, { ...byLe.get(key), [metric.le ?? ""]: value });
    }
  }
  return {
    at: withoutCredentials(prometheus.url),
    jobs: stored.map(({ job, targets, byName }) => ({
      job,
      targets,
      series: [...byName].map(([name, { most: count }]) => {
        const counts = byLe.get(keyOf(job, name));
        return { name, count, ...(counts && { byLe: counts }) };
      }),
    })),
  };
}

function keyOf(job: string, name: string): string {
  return JSON.stringify([job, name]);
}
