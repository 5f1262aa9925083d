import { larger, smaller } from "./floats";
import {
  countNeighbours,
  countOverTime,
  extremeOverTime,
  firstOverTime,
  lastOverTime,
  meanOverTime,
  presentOverTime,
  sumOverTime,
  timeOfExtreme,
  timeOfFirst,
  timeOfLast,
} from "./over-time";
import { momentOf, type Moment } from "./moments";
import { extrapolated, lastDifference } from "./rates";
import {
  derivative,
  medianDeviation,
  prediction,
  quantileOverTime,
  smoothed,
  varianceOverTime,
} from "./spread";
import type { WindowFunction } from "./windows";

/** Functions of a range, by name. `absent_over_time` is what `present_over_time` lacks. */
export const windowFunctions: ReadonlyMap<string, WindowFunction> = new Map([
  ["absent_over_time", presentOverTime],
  ["avg_over_time", meanOverTime],
  [
    "changes",
    countNeighbours((before, now) => now !== before && !(Number.isNaN(now) && Number.isNaN(before))),
  ],
  ["count_over_time", countOverTime],
  ["delta", extrapolated({ isCounter: false, isRate: false })],
  ["deriv", derivative],
  ["double_exponential_smoothing", smoothed],
  ["first_over_time", firstOverTime],
  ["idelta", lastDifference(false)],
  ["increase", extrapolated({ isCounter: true, isRate: false })],
  ["irate", lastDifference(true)],
  ["last_over_time", lastOverTime],
  ["mad_over_time", medianDeviation],
  ["max_over_time", extremeOverTime((one, other) => one > other)],
  ["min_over_time", extremeOverTime((one, other) => one < other)],
  ["predict_linear", prediction],
  ["present_over_time", presentOverTime],
  ["quantile_over_time", quantileOverTime],
  ["rate", extrapolated({ isCounter: true, isRate: true })],
  ["resets", countNeighbours((before, now) => now < before)],
  ["stddev_over_time", varianceOverTime(Math.sqrt)],
  ["stdvar_over_time", varianceOverTime()],
  ["sum_over_time", sumOverTime],
  ["ts_of_first_over_time", timeOfFirst],
  ["ts_of_last_over_time", timeOfLast],
  ["ts_of_max_over_time", timeOfExtreme((one, other) => one >= other)],
  ["ts_of_min_over_time", timeOfExtreme((one, other) => one <= other)],
]);

/** Functions of a range that leave the metric's name, as they give its own values. */
export const keepsName: ReadonlySet<string> = new Set(["last_over_time", "first_over_time"]);

/** Functions of each value by itself, with the other arguments at its time. */
export const valueFunctions: ReadonlyMap<string, (value: number, ...args: number[]) => number> = new Map<
  string,
  (value: number, ...args: number[]) => number
>([
  ["abs", Math.abs],
  ["acos", Math.acos],
  ["acosh", Math.acosh],
  ["asin", Math.asin],
  ["asinh", Math.asinh],
  ["atan", Math.atan],
  ["atanh", Math.atanh],
  ["ceil", Math.ceil],
  ["clamp", (value, low = NaN, high = NaN) => larger(low, smaller(high, value))],
  ["clamp_max", (value, high = NaN) => larger(-Infinity, smaller(high, value))],
  ["clamp_min", (value, low = NaN) => larger(low, smaller(Infinity, value))],
  ["cos", Math.cos],
  ["cosh", Math.cosh],
  ["deg", (value) => (value * 180) / Math.PI],
  ["exp", Math.exp],
  ["floor", Math.floor],
  ["ln", Math.log],
  ["log10", Math.log10],
  ["log2", Math.log2],
  ["rad", (value) => (value * Math.PI) / 180],
  ["round", rounded],
  ["sgn", (value) => (value < 0 ? -1 : value > 0 ? 1 : value)],
  ["sin", Math.sin],
  ["sinh", Math.sinh],
  ["sqrt", Math.sqrt],
  ["tan", Math.tan],
  ["tanh", Math.tanh],
]);

/** To the nearest multiple, the greater of two that are as near; by the inverse, as Prometheus does. */
function rounded(value: number, to = 1): number {
  const inverse = 1 / to;
  return Math.floor(value * inverse + 0.5) / inverse;
}

/** Functions of a time in seconds; without argument, of the time of the evaluation. */
export const dateFunctions: ReadonlyMap<string, (moment: Moment) => number> = new Map([
  ["day_of_month", ({ day }) => day],
  ["day_of_week", ({ weekday }) => weekday],
  ["day_of_year", ({ yearDay }) => yearDay],
  ["days_in_month", ({ daysInMonth }) => daysInMonth],
  ["hour", ({ hour }) => hour],
  ["minute", ({ minute }) => minute],
  ["month", ({ month }) => month],
  ["year", ({ year }) => year],
]);

/** One of these of a number. */
export function ofDate(part: (moment: Moment) => number): (seconds: number) => number {
  return (seconds) => part(momentOf(seconds));
}

/** Functions that order what they are given, which is no order over a range. */
export const orderingFunctions: ReadonlySet<string> = new Set([
  "sort",
  "sort_by_label",
  "sort_by_label_desc",
  "sort_desc",
]);

/** Functions whose value at a time depends on that time, even of what does not. */
export const dependsOnTime: ReadonlySet<string> = new Set([
  ...dateFunctions.keys(),
  "predict_linear",
  "time",
  "timestamp",
]);
