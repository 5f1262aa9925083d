import { quantileOf } from "./floats";
import { KahanSum } from "./kahan";
import { eachWindow, type Samples, type WindowFunction } from "./windows";

/** Variance of a window, by Welford's method with Kahan's sums; or what is made of it. */
export function varianceOverTime(of: (variance: number) => number = (variance) => variance): WindowFunction {
  return eachWindow(({ values }, first, behind) => {
    const [mean, squares] = [new KahanSum(), new KahanSum()];
    let count = 0;
    for (let index = first; index < behind; index++) {
      const value = values[index] as number;
      count += 1;
      const delta = value - mean.total;
      mean.add(delta / count);
      squares.add(delta * (value - mean.total));
    }
    return of(squares.total / count);
  });
}

/** `quantile_over_time` */
export const quantileOverTime = eachWindow(({ values }, first, behind, { step, args: [quantile] }) =>
  quantileOf(quantile?.[step] ?? NaN, values.slice(first, behind)),
);

/** `mad_over_time`: the median distance from the median. */
export const medianDeviation = eachWindow(({ values }, first, behind) => {
  const median = quantileOf(0.5, values.slice(first, behind));
  return quantileOf(
    0.5,
    values.slice(first, behind).map((value) => Math.abs(value - median)),
  );
});

/** `deriv` */
export const derivative = eachWindow(
  (samples, first, behind) => lineThrough(samples, first, behind, samples.times[first] as number).slope,
  2,
);

/** `predict_linear` */
export const prediction = eachWindow((samples, first, behind, { step, windows, args: [seconds] }) => {
  const { slope, intercept } = lineThrough(samples, first, behind, windows.times[step] as number);
  return slope * (seconds?.[step] ?? NaN) + intercept;
}, 2);

/** `double_exponential_smoothing`: by the smoothing factor of the level and that of the trend. */
export const smoothed = eachWindow(({ values }, first, behind, { step, args: [ofLevel, ofTrend] }) => {
  const [level, trend] = [ofLevel?.[step] ?? NaN, ofTrend?.[step] ?? NaN];
  let before = 0;
  let now = values[first] as number;
  let slope = (values[first + 1] as number) - now;
  for (let index = first + 1; index < behind; index++) {
    if (index > first + 1) slope = trend * (now - before) + (1 - trend) * slope;
    const next = level * (values[index] as number) + (1 - level) * (now + slope);
    [before, now] = [now, next];
  }
  return now;
}, 2);

/** The line of least squares through samples: its slope by the second, and its value at a time. */
function lineThrough(
  { times, values }: Samples,
  first: number,
  behind: number,
  time: number,
): { readonly slope: number; readonly intercept: number } {
  const start = values[first] as number;
  if (isConstant(values, first, behind))
    return Math.abs(start) === Infinity ? { slope: NaN, intercept: NaN } : { slope: 0, intercept: start };
  const [x, y, xy, xx] = [new KahanSum(), new KahanSum(), new KahanSum(), new KahanSum()];
  for (let index = first; index < behind; index++) {
    const value = values[index] as number;
    const seconds = ((times[index] as number) - time) / 1e3;
    x.add(seconds);
    y.add(value);
    xy.add(seconds * value);
    xx.add(seconds * seconds);
  }
  const count = behind - first;
  const covariance = xy.total - (x.total * y.total) / count;
  const variance = xx.total - (x.total * x.total) / count;
  const slope = covariance / variance;
  return { slope, intercept: y.total / count - (slope * x.total) / count };
}

/** A first NaN is equal to nothing, itself included, and counts as constant alone. */
function isConstant(values: Float64Array, first: number, behind: number): boolean {
  for (let index = first + 1; index < behind; index++) if (values[index] !== values[first]) return false;
  return true;
}
