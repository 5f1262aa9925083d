import {
  and,
  atEnd,
  bottomk,
  maxOverTime,
  minOverTime,
  subquery,
  topk,
  type Vector,
} from "../metrics/promql";

// A graph of hundreds of lines takes long to draw, and nobody finds one in it. A `topk` at each step would draw pieces of
// lines: those that stand out in the time that is shown are chosen once, at its end.

/** How many lines a graph has at most. */
export const mostLines = 20;

/** The series that reached the highest values in the time that is shown. */
export function highest<L extends string>(series: Vector<L>): Vector<L> {
  return and(series, topk(mostLines, atEnd(maxOverTime(shown(series)))));
}

/** The series that fell to the lowest values in the time that is shown. */
export function lowest<L extends string>(series: Vector<L>): Vector<L> {
  return and(series, bottomk(mostLines, atEnd(minOverTime(shown(series)))));
}

function shown<L extends string>(series: Vector<L>) {
  return subquery(series, "$__range", "$__interval");
}
