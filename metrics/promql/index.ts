/** PromQL over the catalogue: what it does not have cannot be queried, and what means nothing does not compile. */
export * from "./aggregate";
export * from "./binary";
export {
  durationInWords,
  durationPattern,
  type Duration,
  type GrafanaDuration,
  type Range,
} from "./duration";
export * from "./functions";
export { metricsRead, selectorsOf } from "./inspect";
export { anyOf, matches, noneOf, not, notMatches, variable, type Match } from "./matchers";
export * from "./over-time";
export * from "./recorded";
export {
  bucketUpTo,
  select,
  type HistogramName,
  type Matchers,
  type SampleOf,
  type SeriesLabel,
  type SeriesName,
} from "./select";
export { Query, RangeVector, Scalar, Selector, Vector, type Sample } from "./vector";
