/** PromQL read and judged as Prometheus does: what both linters, of rules and of dashboards, stand on. */
export {
  allNodesOf,
  isComparison,
  isScalar,
  isSetOperator,
  nodesOf,
  operandsOf,
  partsOf,
  type Aggregation,
  type Binary,
  type Call,
  type Duration,
  type Expression,
  type Matcher,
  type Part,
  type Place,
  type Selector,
  type Subquery,
} from "./expression";
export { cataloguedLabels, isCataloguedCounter } from "./catalogue";
export { isNeverZero, isSame, mayDivideByZero } from "./division";
export { choosingAggregations, counterRates, isAbsence } from "./functions";
export { fingerprint } from "./fingerprint";
export { LabelSet } from "./label-set";
export { LabelAnalysis, matchesSeries, type SeriesLabels } from "./labels";
export { parse, textAt, type Parsed } from "./parse";
export { features, type Feature, type FeatureUse, type Problem } from "./problem";
export { matchesValue } from "./regex";
export { unquote } from "./unquote";
