/** PromQL evaluated as Prometheus does, over series that are at hand. */
export { evaluate, evaluateText, type EngineOptions, type Resolve } from "./engine";
export { EvaluationError } from "./error";
export { formatFloat } from "./floats";
export { clean, keyOf, textOf } from "./label-sets";
export { MemoryStorage } from "./memory-storage";
export { countOf, type Evaluated, type Labels, type Series, type Steps, type Storage } from "./series";
export { timeOf } from "./windows";
export { valuesWithoutSeries } from "./without-series";
