/** PromQL over a catalogue: what it does not have cannot be queried, and what means nothing does not compile. */
import { standard } from "../standard";
import { promqlOver } from "./select";

export * from "./aggregate";
export { atEnd } from "./at-end";
export * from "./binary";
export {
  durationInWords,
  durationPattern,
  type Duration,
  type GrafanaDuration,
  type Range,
} from "./duration";
export * from "./functions";
export { operandsOf, selectorsOf } from "./inspect";
export { anyOf, hasVariable, matches, noneOf, not, notMatches, variable, type Match } from "./matchers";
export * from "./over-time";
export * from "./recorded";
export { promqlOver, type Promql } from "./select";
export type { HistogramName, Matchers, SampleOf, SeriesLabel, SeriesName } from "./series-types";
export { Query, RangeVector, Scalar, Selector, Vector, type Sample } from "./vector";

/** Over what every system has; what a system has besides is asked for by `promqlOver` of its own catalogue. */
export const { select, bucketUpTo } = promqlOver(standard);
