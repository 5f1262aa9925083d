import type { BinaryOp, Expr as Node, VectorExpr } from "@grafana/promql-builder";

// What reads series whose metric is being renamed. Some targets expose the old name, some both, some the new one, and a
// target changes from one to the other while it is read. No pattern over `__name__` does: within a rate it is two series
// with the same labels, which Prometheus refuses, and a sum of it counts what is exposed under both names twice.

/** The series at an instant: those of the new name, and of the old one those that the new one has not. */
export function eitherNow(selector: VectorExpr, formerly: string | undefined): Node {
  return formerly === undefined ? selector : binary("or", selector, named(selector, formerly));
}

/**
 * A function of a range of samples, of each series by the name that has more samples in that range. With the new name
 * alone, the rate of a service that was just deployed would be made of what its new series have seen since; with the old
 * one first, that of a service whose old series just ended would be made of what is left of them.
 * @param over gives the function's call over the samples
 */
export function eitherOverTime(
  range: VectorExpr,
  formerly: string | undefined,
  over: (samples: VectorExpr) => Node,
): Node {
  if (formerly === undefined) return over(range);
  const old = named(range, formerly);
  const count = (samples: VectorExpr) => call("count_over_time", samples);
  const behind = binary("<", count(range), count(old));
  return binary("or", binary("unless", over(range), behind), over(old));
}

/** A function that looks at whether and when series are there: of each name by itself, put together by `op`. */
export function eachName(
  selector: VectorExpr,
  formerly: string | undefined,
  op: "and" | "or",
  of: (series: VectorExpr) => Node,
): Node {
  return formerly === undefined ? of(selector) : binary(op, of(selector), of(named(selector, formerly)));
}

function named(selector: VectorExpr, metric: string): VectorExpr {
  return { ...selector, metric };
}

function call(name: string, ...args: Node[]): Node {
  return { type: "funcCallExpr", function: name, args };
}

function binary(op: BinaryOp, left: Node, right: Node): Node {
  return { type: "binaryExpr", op, left, right };
}
