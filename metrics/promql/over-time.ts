import type { Expr as Node, FuncCallExpr } from "@grafana/promql-builder";
import { checkedRange, type Duration, type Range } from "./duration";
import { RangeVector, Selector, Vector, type Sample } from "./vector";

type RateOf<T extends "counter" | "bucket"> = T extends "bucket" ? "distribution" : "gauge";

/** Growth per second over the range, of a counter or of a histogram's series. Before any sum, never after. */
export function rate<L extends string, T extends "counter" | "bucket">(
  counter: Selector<L, T>,
  range: Range,
): Vector<L, RateOf<T>> {
  return new Vector(call("rate", over(counter, range).node));
}

/** Growth per second between the last two samples of the range: for graphs of what moves fast, not for rules. */
export function irate<L extends string, T extends "counter" | "bucket">(
  counter: Selector<L, T>,
  range: Range,
): Vector<L, RateOf<T>> {
  return new Vector(call("irate", over(counter, range).node));
}

/** Growth over the range. It is extrapolated, and thus no whole number. */
export function increase<L extends string, T extends "counter" | "bucket">(
  counter: Selector<L, T>,
  range: Range,
): Vector<L, RateOf<T>> {
  return new Vector(call("increase", over(counter, range).node));
}

/**
 * An expression evaluated at each step of a length of time.
 * @param resolution the step; default: the evaluation interval.
 */
export function subquery<L extends string>(
  expr: Vector<L>,
  range: Range,
  resolution?: Duration | "$__interval",
): RangeVector<L> {
  const step = resolution === undefined ? {} : { resolution: checkedRange(resolution) };
  return new RangeVector({
    type: "subqueryExpr",
    expr: expr.node,
    range: checkedRange(range),
    ...step,
    offset: "",
    at: "",
  });
}

/** A function over a gauge's samples in a range: of a selector and a range, or of a subquery. */
interface OverTime {
  <L extends string>(gauge: Selector<L>, range: Range): Vector<L>;
  <L extends string>(samples: RangeVector<L>): Vector<L>;
}

/** How often the value changed. */
export const changes = overTime("changes");
/** Difference between the last and the first value. */
export const delta = overTime("delta");
/** Change per second, by linear regression. */
export const deriv = overTime("deriv");
/** Mean of the samples. */
export const avgOverTime = overTime("avg_over_time");
/** Greatest sample. */
export const maxOverTime = overTime("max_over_time");
/** Least sample. */
export const minOverTime = overTime("min_over_time");
/** Sum of the samples. */
export const sumOverTime = overTime("sum_over_time");
/** Number of samples. */
export const countOverTime = overTime("count_over_time");
/** Last sample. */
export const lastOverTime = overTime("last_over_time");

/**
 * The value that a gauge has after some time if it goes on as it did in the range, by linear regression.
 * @param seconds how far ahead.
 */
export function predictLinear<L extends string>(
  gauge: Selector<L>,
  range: Range,
  seconds: number,
): Vector<L> {
  return new Vector(
    call("predict_linear", over(gauge, range).node, { type: "numberLiteralExpr", value: seconds }),
  );
}

function overTime(name: string): OverTime {
  return <L extends string>(samples: Selector<L> | RangeVector<L>, range?: Range): Vector<L> => {
    // Without a range it is a subquery: the type above leaves no other call.
    const ranged = samples instanceof Selector ? over(samples, range as Range) : samples;
    return new Vector(call(name, ranged.node));
  };
}

function over<L extends string, T extends Sample>(selector: Selector<L, T>, range: Range): RangeVector<L, T> {
  return new RangeVector({ ...selector.node, range: checkedRange(range) });
}

function call(name: string, ...args: Node[]): FuncCallExpr {
  return { type: "funcCallExpr", function: name, args };
}
