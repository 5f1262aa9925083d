import type { Expr as Node } from "@grafana/promql-builder";
import { report, words } from "../problems";
import { eachName } from "./former-name";
import { anySample, numberOperand, vectorOperand, type Operand } from "./operand";
import { checkLabels, labelsInWords } from "./shape";
import { Scalar, Selector, Vector, type Sample } from "./vector";

/** 1 where the vector has no series, else nothing. Labels are those that its matchers fix. */
export function absent<L extends string, T extends Sample>(vector: Vector<L, T>): Vector<never> {
  const operand = vectorOperand("absent", vector, anySample);
  // Of a selector alone: its matchers give the labels.
  const node = ofEachName(vector, "and", (series) => call("absent", series)) ?? call("absent", operand.node);
  return new Vector(node, { labels: [], sample: "gauge" });
}

/** The values, at least `least`. */
export function clampMin<L extends string>(vector: Vector<L>, least: number): Vector<L> {
  const { node, shape } = vectorOperand("clampMin", vector);
  return new Vector(call("clamp_min", node, numberOperand("clampMin", least)), shape);
}

/** The values, at most `most`. */
export function clampMax<L extends string>(vector: Vector<L>, most: number): Vector<L> {
  const { node, shape } = vectorOperand("clampMax", vector);
  return new Vector(call("clamp_max", node, numberOperand("clampMax", most)), shape);
}

/** The values without their sign. */
export function abs<L extends string>(vector: Vector<L>): Vector<L> {
  const { node, shape } = vectorOperand("abs", vector);
  return new Vector(call("abs", node), shape);
}

/** The values, each as the nearest multiple of `to`. */
export function round<L extends string>(vector: Vector<L>, to: number): Vector<L> {
  const { node, shape } = vectorOperand("round", vector);
  return new Vector(call("round", node, numberOperand("round", to)), shape);
}

/**
 * The values, with a label cut down to a part of itself; it stays as it is where the pattern does not match the whole.
 * Two series must not become one.
 * @param pattern regular expression (RE2) whose first group is what stays
 */
export function cutLabel<L extends string>(vector: Vector<L>, label: NoInfer<L>, pattern: string): Vector<L> {
  const { node, shape } = vectorOperand("cutLabel", vector);
  checkLabels("cutLabel", [label], shape?.labels);
  const texts = [label, "$1", label, pattern].map(text);
  return new Vector(call("label_replace", node, ...texts), shape);
}

/** When the samples were taken, in Unix time. */
export function timestamp<L extends string, T extends Sample>(vector: Vector<L, T>): Vector<L> {
  const { node, shape } = vectorOperand("timestamp", vector, anySample);
  // Of a selector alone: of what is computed, it is the time of the evaluation.
  const taken = ofEachName(vector, "or", (series) => call("timestamp", series)) ?? call("timestamp", node);
  return new Vector(taken, gauge(shape));
}

/**
 * What a counter has counted since its process started. For what happens while a program starts: its counter is there
 * only after it, so that no rate sees it.
 */
export function sinceStart<L extends string>(counter: Vector<L, "counter">): Vector<L> {
  const { node, shape } = vectorOperand("sinceStart", counter, ["counter"]);
  return new Vector(node, gauge(shape));
}

/** The time of the evaluation, in Unix time. */
export function time(): Scalar {
  return new Scalar(call("time"));
}

/** The vector's only value, as a number without labels; NaN where it has not exactly one series. */
export function scalar(vector: Vector<never>): Scalar {
  const { node, shape } = vectorOperand("scalar", vector);
  if (shape !== undefined && shape.labels.length > 0) {
    const found = words(`a vector with ${labelsInWords(shape.labels)}`);
    report({ what: "scalar", found, allowed: "a vector without labels: sum it" });
  }
  return new Scalar(call("scalar", node));
}

/** A number as a vector with one series that has no labels. */
export function vector(value: number | Scalar): Vector<never> {
  return new Vector(call("vector", numberOperand("vector", value)), { labels: [], sample: "gauge" });
}

/** A function of the series of a selector, under each of their names; undefined for what is no selector. */
function ofEachName(vector: unknown, op: "and" | "or", of: (series: Node) => Node): Node | undefined {
  return vector instanceof Selector ? eachName(vector.selector, vector.formerly, op, of) : undefined;
}

function gauge(shape: Operand["shape"]): Operand["shape"] {
  return shape && { ...shape, sample: "gauge" };
}

function text(value: string): Node {
  return { type: "stringLiteralExpr", value };
}

function call(name: string, ...args: Node[]): Node {
  return { type: "funcCallExpr", function: name, args };
}
