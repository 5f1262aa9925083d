import type { PrometheusClient } from "../../operations/clients/prometheus-client";
import type { Labels } from "../../metrics/promql-engine";

/** An alert as a Prometheus has recorded it. Milliseconds of Unix time. */
export interface RecordedFiring {
  readonly labels: Labels;
  /** The first evaluation at which it fired, and the last. */
  readonly first: number;
  readonly last: number;
}

interface Matrix {
  readonly result: readonly {
    readonly metric: Labels;
    readonly values: readonly (readonly [number, string])[];
  }[];
}

/** The samples of series in a time, as they were stored: a range selector that is asked for at one moment. */
export async function rawSamples(
  prometheus: PrometheusClient,
  selector: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<
  readonly {
    readonly labels: Labels;
    readonly times: readonly number[];
    readonly values: readonly number[];
  }[]
> {
  const query = `${selector}[${String(to - from)}ms]`;
  const body = new URLSearchParams({ query, time: (to / 1_000).toFixed(3) });
  const { result } = await prometheus.post<Matrix>("/api/v1/query", body, 60_000);
  return result.map(({ metric, values }) => ({
    labels: metric,
    times: values.map(([seconds]) => Math.round(seconds * 1_000)),
    values: values.map(([, value]) => Number(value)),
  }));
}

/**
 * What has fired, by its samples of `ALERTS`. An evaluation that is missing is the end of a firing, unless the alert has been
 * active since the same time after it: then it was missed.
 * @param intervalOf milliseconds between two evaluations of an alert's rule
 */
export async function recordedFirings(
  prometheus: PrometheusClient,
  range: { readonly from: number; readonly to: number },
  intervalOf: (labels: Labels) => number,
): Promise<readonly RecordedFiring[]> {
  const keyOf = (labels: Labels) =>
    JSON.stringify(
      Object.entries(labels)
        .filter(([name]) => !["__name__", "alertstate"].includes(name))
        .sort(),
    );
  const since = new Map<string, ReadonlyMap<number, number>>();
  for (const { labels, times, values } of await rawSamples(prometheus, "ALERTS_FOR_STATE", range)) {
    since.set(keyOf(labels), new Map(times.map((time, index) => [time, values[index] ?? NaN])));
  }
  const firings: RecordedFiring[] = [];
  for (const { labels: all, times } of await rawSamples(prometheus, 'ALERTS{alertstate="firing"}', range)) {
    const activeAt = since.get(keyOf(all));
    const labels = Object.fromEntries(
      Object.entries(all).filter(([name]) => !["__name__", "alertstate"].includes(name)),
    );
    const interval = intervalOf(labels);
    let first = times[0] ?? 0;
    for (const [index, time] of times.entries()) {
      const next = times[index + 1];
      const goesOn =
        next !== undefined && (next - time < 1.5 * interval || activeAt?.get(next) === activeAt?.get(time));
      if (goesOn) continue;
      firings.push({ labels, first, last: time });
      first = next ?? 0;
    }
  }
  return firings;
}
