/** A metric that is written for a test, with its value by the seconds since the first sample of a span. */
export interface Written {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly at: (seconds: number) => number;
}

/** A time in which there are samples, in Unix seconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Time between two samples, in seconds. */
export const writtenEvery = 60;

export const growing = (perHour: number) => (seconds: number) => (perHour * seconds) / 3600;
export const steady = (value: number) => () => value;

/** A series of a job's target, whose instance is the job unless labels say otherwise. */
export const written = (job: string, metric: string, at: Written["at"], labels = {}): Written => ({
  metric,
  labels: { job, instance: job, ...labels },
  at,
});

/** A target that answers. */
export const up = (job: string, instance = job): Written => written(job, "up", steady(1), { instance });

/** Series in the OpenMetrics format: sample by sample for each, as `promtool tsdb create-blocks-from` takes them. */
export function openMetricsOf(series: readonly Written[], spans: readonly Span[]): string {
  const lines = series.flatMap(({ metric, labels, at }) => {
    const texts = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
    return spans.flatMap(({ from, to }) =>
      Array.from({ length: Math.floor((to - from) / writtenEvery) + 1 }, (_, index) => {
        const seconds = index * writtenEvery;
        return `${metric}{${texts.join(",")}} ${String(at(seconds))} ${String(from + seconds)}`;
      }),
    );
  });
  return `${lines.join("\n")}\n# EOF\n`;
}
