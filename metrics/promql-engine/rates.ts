import type { Samples, WindowFunction, Windows } from "./windows";

/** What a growth is counted as. */
interface Growth {
  /** Whether it falls only by being reset to zero. */
  readonly isCounter: boolean;
  /** Whether it is of a second, in place of the whole range. */
  readonly isRate: boolean;
}

/**
 * The growth of a series over a range, extrapolated to its ends, as Prometheus does it (promql/functions.go,
 * extrapolatedRate): to an end where a sample is nearer than 1.1 times the mean distance of samples, else half of that
 * distance; of a counter no further back than where it would be zero.
 */
export function extrapolated({ isCounter, isRate }: Growth): WindowFunction {
  return (samples, windows, { values, present }) => {
    const resets = isCounter ? resetsOf(samples) : [];
    let firstReset = 0;
    for (let step = 0; step < values.length; step++) {
      const first = windows.first[step] as number;
      const last = (windows.behind[step] as number) - 1;
      if (last <= first) continue;
      while (firstReset < resets.length && (resets[firstReset] as number) <= first) firstReset++;
      let growth = (samples.values[last] as number) - (samples.values[first] as number);
      for (let index = firstReset; index < resets.length && (resets[index] as number) <= last; index++) {
        growth += samples.values[(resets[index] as number) - 1] as number;
      }
      values[step] = growth * factorOf(samples, windows, { step, first, last, growth, isCounter, isRate });
      present[step] = 1;
    }
  };
}

function factorOf(
  { times, values }: Samples,
  { ends, range }: Windows,
  at: Growth & {
    readonly step: number;
    readonly first: number;
    readonly last: number;
    readonly growth: number;
  },
): number {
  const end = ends[at.step] as number;
  const [firstTime, lastTime] = [times[at.first] as number, times[at.last] as number];
  let toStart = (firstTime - (end - range)) / 1000;
  let toEnd = (end - lastTime) / 1000;
  const sampled = (lastTime - firstTime) / 1000;
  const distance = sampled / (at.last - at.first);
  const near = distance * 1.1;
  if (toStart >= near) toStart = distance / 2;
  const firstValue = values[at.first] as number;
  if (at.isCounter && at.growth > 0 && firstValue >= 0) {
    const toZero = sampled * (firstValue / at.growth);
    if (toZero < toStart) toStart = toZero;
  }
  if (toEnd >= near) toEnd = distance / 2;
  const factor = (sampled + toStart + toEnd) / sampled;
  return at.isRate ? factor / (range / 1000) : factor;
}

/** Indexes of the samples that are below the one before. */
function resetsOf({ values }: Samples): number[] {
  const resets: number[] = [];
  for (let index = 1; index < values.length; index++) {
    if ((values[index] as number) < (values[index - 1] as number)) resets.push(index);
  }
  return resets;
}

/** The difference of the last two samples in a range; as a rate, of a second and from zero behind a reset. */
export function lastDifference(isRate: boolean): WindowFunction {
  return ({ times, values: samples }, windows, { values, present }) => {
    for (let step = 0; step < values.length; step++) {
      const last = (windows.behind[step] as number) - 1;
      if (last <= (windows.first[step] as number)) continue;
      const [before, now] = [samples[last - 1] as number, samples[last] as number];
      const difference = isRate && now < before ? now : now - before;
      const seconds = ((times[last] as number) - (times[last - 1] as number)) / 1000;
      values[step] = isRate ? difference / seconds : difference;
      present[step] = 1;
    }
  };
}
