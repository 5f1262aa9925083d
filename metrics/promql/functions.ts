import type { Expr as Node } from "@grafana/promql-builder";
import { Scalar, Vector, type Sample } from "./vector";

/** 1 where the vector has no series, else nothing. Labels are those that its matchers fix. */
export function absent<L extends string, T extends Sample>(vector: Vector<L, T>): Vector<never> {
  return new Vector(call("absent", vector.node));
}

/** The values, at least `least`. */
export function clampMin<L extends string>(vector: Vector<L>, least: number): Vector<L> {
  return new Vector(call("clamp_min", vector.node, literal(least)));
}

/** The values, at most `most`. */
export function clampMax<L extends string>(vector: Vector<L>, most: number): Vector<L> {
  return new Vector(call("clamp_max", vector.node, literal(most)));
}

/** The values without their sign. */
export function abs<L extends string>(vector: Vector<L>): Vector<L> {
  return new Vector(call("abs", vector.node));
}

/** The values, each as the nearest multiple of `to`. */
export function round<L extends string>(vector: Vector<L>, to: number): Vector<L> {
  return new Vector(call("round", vector.node, literal(to)));
}

/** When the samples were taken, in Unix time. */
export function timestamp<L extends string, T extends Sample>(vector: Vector<L, T>): Vector<L> {
  return new Vector(call("timestamp", vector.node));
}

/** The time of the evaluation, in Unix time. */
export function time(): Scalar {
  return new Scalar(call("time"));
}

/** The vector's only value, as a number without labels; NaN where it has not exactly one series. */
export function scalar(vector: Vector<never>): Scalar {
  return new Scalar(call("scalar", vector.node));
}

/** A number as a vector with one series that has no labels. */
export function vector(value: number | Scalar): Vector<never> {
  return new Vector(call("vector", typeof value === "number" ? literal(value) : value.node));
}

function call(name: string, ...args: Node[]): Node {
  return { type: "funcCallExpr", function: name, args };
}

function literal(value: number): Node {
  return { type: "numberLiteralExpr", value };
}
