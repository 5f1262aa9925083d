import { gte, mul, or, type Vector } from "../metrics/promql";

/** Without NaN, which a quantile or a mean of nothing is: what is not a number is not at or above 0. For what is never negative. */
export function known<L extends string>(values: Vector<L>): Vector<L> {
  return gte(values, 0);
}

/** 0 where there is no value, but only where another series says that there could be one. */
export function orZero<L extends string>(values: Vector<L>, where: Vector<NoInfer<L>>): Vector<L> {
  return or(values, mul(where, 0));
}
