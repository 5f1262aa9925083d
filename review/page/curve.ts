import type { Curve } from "./data/alerts";

/** As many as a chart has pixels to tell apart. */
const mostSpans = 360;

/**
 * A curve of so many spans: the least and greatest value of each.
 * @param times milliseconds, ascending
 * @param values as many; what is not finite is left out
 * @param spans Default: 360
 */
export function curveOf(
  times: ArrayLike<number>,
  values: ArrayLike<number>,
  range: { readonly from: number; readonly to: number },
  spans = mostSpans,
): Curve {
  const { from, to } = range;
  const step = Math.max(1, Math.ceil((to - from + 1) / spans));
  const length = Math.max(1, Math.ceil((to - from + 1) / step));
  const min = new Array<number | null>(length).fill(null);
  const max = new Array<number | null>(length).fill(null);
  for (let index = 0; index < times.length; index++) {
    const time = times[index] ?? NaN;
    const value = values[index] ?? NaN;
    if (!(time >= from && time <= to) || !Number.isFinite(value)) continue;
    const span = Math.floor((time - from) / step);
    min[span] = Math.min(min[span] ?? value, value);
    max[span] = Math.max(max[span] ?? value, value);
  }
  return { from, step, min, max };
}
