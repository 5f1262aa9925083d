import type { Expr as Node, VectorExpr } from "@grafana/promql-builder";
import { describeValue } from "../describe";
import { report, words } from "../problems";
import { type Expression, RangeVector, Scalar, Selector, Vector, type Sample, type Shape } from "./vector";

const samplesInWords: Readonly<Record<Sample, string>> = {
  counter: "a counter",
  bucket: "buckets of a histogram",
  gauge: "a gauge or what is computed",
  distribution: "the rate or increase of buckets",
};

/** All kinds of samples: for what only looks at which series there are. */
export const anySample: readonly Sample[] = ["counter", "bucket", "gauge", "distribution"];

/** What stands in the place of an operand that is none. */
const nothing: VectorExpr = {
  type: "vectorExpr",
  metric: "nothing",
  labels: [],
  range: "",
  offset: "",
  at: "",
};

/** An operand as it was checked: without a shape where that is not known. */
export interface Operand<N extends Node = Node> {
  readonly node: N;
  readonly shape?: Shape | undefined;
}

/** A selector as it was checked. */
export interface SelectorOperand extends Operand<VectorExpr> {
  /** The name that its series had, where their metric is being renamed. */
  readonly formerly?: string | undefined;
}

/** The vector that a function is called with; reports what is none, and samples that mean nothing there. */
export function vectorOperand(
  what: string,
  value: unknown,
  samples: readonly Sample[] = ["gauge"],
  allowed = "a vector, such as what select gives",
): Operand {
  if (value instanceof Vector) return checkedSamples(what, value, samples);
  report({ what, found: inWords(value), allowed });
  return { node: nothing };
}

/** The series of one metric that a function is called with. */
export function selectorOperand(what: string, value: unknown, samples: readonly Sample[]): SelectorOperand {
  if (value instanceof Selector) {
    checkedSamples(what, value, samples);
    return { node: value.selector, shape: value.shape, formerly: value.formerly };
  }
  const ofCounters = samples.includes("counter") ? " of a counter: the rate comes before the sum" : "";
  report({ what, found: inWords(value), allowed: `what select gives${ofCounters}` });
  return { node: nothing };
}

/** The number that a function is called with. */
export function numberOperand(what: string, value: unknown): Node {
  if (value instanceof Scalar) return value.node;
  if (typeof value === "number") return { type: "numberLiteralExpr", value };
  report({ what, found: inWords(value), allowed: "a number" });
  return { type: "numberLiteralExpr", value: NaN };
}

function checkedSamples(what: string, { node, shape }: Expression, samples: readonly Sample[]): Operand {
  if (shape === undefined || samples.includes(shape.sample)) return { node, shape };
  const isCount = shape.sample === "counter" || shape.sample === "bucket";
  const hint = isCount ? "; take rate or increase of it first" : "";
  report({
    what,
    found: words(`${samplesInWords[shape.sample]}, ${String(new Vector(node))}`),
    allowed: `${samples.map((sample) => samplesInWords[sample]).join(", or ")}${hint}`,
  });
  return { node };
}

function inWords(value: unknown) {
  if (value instanceof RangeVector) return words(`a range of samples, ${String(value)}`);
  if (value instanceof Scalar) return words(`a number without labels, ${String(value)}`);
  if (value instanceof Vector) return words(`what is computed, ${String(value)}`);
  return words(describeValue(value));
}
