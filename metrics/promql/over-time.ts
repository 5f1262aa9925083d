import type { Expr as Node, FuncCallExpr } from "@grafana/promql-builder";
import { report, words } from "../problems";
import { checkedRange, type Duration, type Range } from "./duration";
import { eitherOverTime } from "./former-name";
import { numberOperand, selectorOperand, vectorOperand } from "./operand";
import { RangeVector, Selector, Vector, type Shape } from "./vector";

type RateOf<T extends "counter" | "bucket"> = T extends "bucket" ? "distribution" : "gauge";

/** Growth per second over the range, of a counter or of a histogram's series. Before any sum, never after. */
export function rate<L extends string, T extends "counter" | "bucket">(
  counter: Selector<L, T>,
  range: Range,
): Vector<L, RateOf<T>> {
  return growth("rate", counter, range);
}

/** Growth per second between the last two samples of the range: for graphs of what moves fast, not for rules. */
export function irate<L extends string, T extends "counter" | "bucket">(
  counter: Selector<L, T>,
  range: Range,
): Vector<L, RateOf<T>> {
  return growth("irate", counter, range);
}

/** Growth over the range. It is extrapolated, and thus no whole number. */
export function increase<L extends string, T extends "counter" | "bucket">(
  counter: Selector<L, T>,
  range: Range,
): Vector<L, RateOf<T>> {
  return growth("increase", counter, range);
}

/** A function of counters: buckets become a distribution. */
function growth<L extends string, T extends "counter" | "bucket">(
  name: string,
  counter: Selector<L, T>,
  range: Range,
): Vector<L, RateOf<T>> {
  const { node, shape, formerly } = selectorOperand(name, counter, ["counter", "bucket"]);
  const sample = shape?.sample === "bucket" ? "distribution" : "gauge";
  const ranged = { ...node, range: checkedRange(name, range) };
  const grown = eitherOverTime(ranged, formerly, (samples) => call(name, samples));
  return new Vector(grown, shape && { ...shape, sample });
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
  const { node, shape } = vectorOperand("subquery", expr);
  const checked = checkedRange("subquery", range);
  const step = resolution === undefined ? {} : { resolution: checkedRange("subquery", resolution) };
  return new RangeVector(
    { type: "subqueryExpr", expr: node, range: checked, ...step, offset: "", at: "" },
    shape,
  );
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
  const ahead = numberOperand("predictLinear", seconds);
  const { node, shape } = ranged("predictLinear", (samples) => call("predict_linear", samples, ahead), {
    samples: gauge,
    range,
  });
  return new Vector(node, shape);
}

function overTime(name: string): OverTime {
  const ownName = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return <L extends string>(samples: Selector<L> | RangeVector<L>, range?: Range): Vector<L> => {
    const { node, shape } = ranged(ownName, (each) => call(name, each), { samples, range });
    return new Vector(node, shape);
  };
}

/** A function over a range of samples: those of a selector, or of a subquery, which has its own range. */
function ranged(
  name: string,
  over: (samples: Node) => Node,
  { samples, range }: { readonly samples: unknown; readonly range: Range | undefined },
): { node: Node; shape?: Shape } {
  if (samples instanceof RangeVector) {
    if (range !== undefined) {
      report({ what: `${name}: range`, found: range, allowed: "none: a subquery has its own" });
    }
    const { node, shape } = samples as RangeVector<string>;
    return { node: over(node), ...(shape && { shape }) };
  }
  if (samples instanceof Vector && !(samples instanceof Selector)) {
    const found = words(`what is computed, ${String(samples)}`);
    report({ what: name, found, allowed: "what select gives, or a subquery of what is computed" });
    return { node: over(samples.node) };
  }
  const { node, shape, formerly } = selectorOperand(name, samples, ["gauge"]);
  const checked = { ...node, range: checkedRange(name, range as Range) };
  return { node: eitherOverTime(checked, formerly, over), ...(shape && { shape }) };
}

function call(name: string, ...args: Node[]): FuncCallExpr {
  return { type: "funcCallExpr", function: name, args };
}
