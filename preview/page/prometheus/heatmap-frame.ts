import { FieldType, type DataFrame } from "@grafana/data";
import type { QueryResult } from "./client";
import { field, frameOf, numberOf, seriesOf, type FrameOptions } from "./frames";
import { legendOf } from "./legend";

/**
 * One frame of a histogram over time: a field for each bucket, from the least up, with what fell into it alone.
 * Prometheus's buckets each hold those below them, too. A field is named by its upper bound.
 */
export function heatmapFrame(answer: QueryResult, options: FrameOptions): DataFrame {
  const series = seriesOf(answer)
    .map(({ metric, values }) => ({
      bound: numberOf(metric.le ?? legendOf(options.legendFormat ?? "", metric)),
      at: new Map(values.map(([seconds, text]) => [seconds * 1_000, numberOf(text)])),
    }))
    .sort((one, other) => one.bound - other.bound);
  const times = [...new Set(series.flatMap(({ at }) => [...at.keys()]))].sort((one, other) => one - other);
  const time = field("Time", FieldType.time, times);
  if (options.stepMs !== undefined) time.config.interval = options.stepMs;
  const buckets = series.map(({ bound, at }, index) => {
    const below = series[index - 1]?.at;
    const values = times.map((moment) => {
      const all = at.get(moment);
      return all === undefined ? null : Math.max(0, all - (below?.get(moment) ?? 0));
    });
    return field(bound === Infinity ? "+Inf" : String(bound), FieldType.number, values);
  });
  return frameOf(options.refId, [time, ...buckets], { executedQueryString: `Expr: ${options.expr}` });
}
