import { KahanMean, KahanSum } from "./kahan";
import { eachWindow, type Samples, type WindowFunction } from "./windows";
import { RunningSums } from "./running-sums";

/** From how many samples a window on the difference of two running sums is cheaper than its sum anew. */
const longWindow = 24;

/** `sum_over_time` */
export const sumOverTime: WindowFunction = sumOrMean(({ values }, first, behind) => {
  const sum = new KahanSum();
  for (let index = first; index < behind; index++) sum.add(values[index] as number);
  return Math.abs(sum.sum) === Infinity ? sum.sum : sum.total;
}, false);

/** `avg_over_time` */
export const meanOverTime: WindowFunction = sumOrMean(({ values }, first, behind) => {
  const mean = new KahanMean(values[first] as number);
  for (let index = first + 1; index < behind; index++) mean.add(values[index] as number);
  return mean.mean;
}, true);

/** Long windows as the difference of running sums, which are twice as exact; where these are not exact enough, by adding. */
function sumOrMean(
  anew: (samples: Samples, first: number, behind: number) => number,
  isMean: boolean,
): WindowFunction {
  return (samples, windows, { values, present }) => {
    let sums: RunningSums | undefined;
    for (let step = 0; step < values.length; step++) {
      const [first, behind] = [windows.first[step] as number, windows.behind[step] as number];
      if (behind === first) continue;
      const count = behind - first;
      const byDifference =
        count < longWindow
          ? undefined
          : (sums ??= new RunningSums(samples.values)).between(first, behind, isMean ? count : 1);
      values[step] = byDifference ?? anew(samples, first, behind);
      present[step] = 1;
    }
  };
}

/** The largest of a window, or the smallest: NaN where nothing else is in it. */
export function extremeOverTime(isBetter: (one: number, other: number) => boolean): WindowFunction {
  return ({ values: samples }, windows, { values, present }) => {
    // Indexes of samples that none behind them in the window surpasses.
    const candidates = new Int32Array(samples.length);
    let [from, to, next] = [0, 0, 0];
    for (let step = 0; step < values.length; step++) {
      const [first, behind] = [windows.first[step] as number, windows.behind[step] as number];
      for (; next < behind; next++) {
        const value = samples[next] as number;
        if (Number.isNaN(value)) continue;
        while (to > from && !isBetter(samples[candidates[to - 1] as number] as number, value)) to--;
        candidates[to++] = next;
      }
      while (from < to && (candidates[from] as number) < first) from++;
      if (behind === first) continue;
      values[step] = from < to ? (samples[candidates[from] as number] as number) : NaN;
      present[step] = 1;
    }
  };
}

/** How many neighbours in a window differ in some way. */
export function countNeighbours(differ: (before: number, now: number) => boolean): WindowFunction {
  return ({ values: samples }, windows, { values, present }) => {
    const counted = new Float64Array(samples.length);
    for (let index = 1; index < samples.length; index++) {
      const differs = differ(samples[index - 1] as number, samples[index] as number);
      counted[index] = (counted[index - 1] as number) + (differs ? 1 : 0);
    }
    for (let step = 0; step < values.length; step++) {
      const [first, behind] = [windows.first[step] as number, windows.behind[step] as number];
      if (behind === first) continue;
      values[step] = (counted[behind - 1] as number) - (counted[first] as number);
      present[step] = 1;
    }
  };
}

export const countOverTime = eachWindow((_, first, behind) => behind - first);
export const presentOverTime = eachWindow(() => 1);
export const lastOverTime = eachWindow(({ values }, _, behind) => values[behind - 1] as number);
export const firstOverTime = eachWindow(({ values }, first) => values[first] as number);
export const timeOfLast = eachWindow(({ times }, _, behind) => (times[behind - 1] as number) / 1000);
export const timeOfFirst = eachWindow(({ times }, first) => (times[first] as number) / 1000);

/** When the last extreme of a window was, in seconds. */
export function timeOfExtreme(isAsGood: (one: number, other: number) => boolean): WindowFunction {
  return eachWindow(({ times, values }, first, behind) => {
    let found = first;
    for (let index = first; index < behind; index++) {
      const best = values[found] as number;
      if (Number.isNaN(best) || isAsGood(values[index] as number, best)) found = index;
    }
    return (times[found] as number) / 1000;
  });
}
