import type { BinaryExpr, BinaryOp, Expr as Node } from "@grafana/promql-builder";
import { refuseOddMatching } from "./inspect";
import { Expression, Vector, type Scalar } from "./vector";

/** A number on one side of an operator. */
export type Numeric = number | Scalar;

/** Which labels two vectors are matched by, and which side may have several series for one of the other. */
export type Matching = ({ readonly on: readonly string[] } | { readonly ignoring: readonly string[] }) & {
  /** The left side has several series; these labels are taken over from the right one. */
  readonly groupLeft?: readonly string[];
};

/**
 * A binary operator. Without a matching both vectors must have the same labels; with one, the labels named must be
 * on both sides (`on`), or be all that differs (`ignoring`).
 */
interface Operator {
  <L extends string>(left: Numeric, right: Vector<L>): Vector<L>;
  <L extends string>(left: Vector<L>, right: Vector<NoInfer<L>> | Numeric): Vector<L>;
  <L extends string, R extends string, const K extends L & R>(
    left: Vector<L>,
    right: Vector<R>,
    matching: { readonly on: readonly K[] },
  ): Vector<K>;
  <L extends string, R extends string, const K extends L & R, const I extends R>(
    left: Vector<L>,
    right: Vector<R>,
    matching: { readonly on: readonly K[]; readonly groupLeft: readonly I[] },
  ): Vector<L | I>;
  <L extends string, R extends string, const K extends L | R>(
    left: Vector<L>,
    right: Vector<R> & DiffersOnlyIn<L, R, K>,
    matching: { readonly ignoring: readonly K[] },
  ): Vector<Exclude<L, K>>;
  <L extends string, R extends string, const K extends L | R, const I extends R>(
    left: Vector<L>,
    right: Vector<R> & DiffersOnlyIn<L, R, K>,
    matching: { readonly ignoring: readonly K[]; readonly groupLeft: readonly I[] },
  ): Vector<L | I>;
}

type DiffersOnlyIn<L, R, K> = [Exclude<L, K>, Exclude<R, K>] extends [Exclude<R, K>, Exclude<L, K>]
  ? unknown
  : "the labels that are left differ";

/** Sum of both sides. */
export const add = operator("+");
/** Left less right. */
export const sub = operator("-");
/** Product of both sides. */
export const mul = operator("*");
/** Left over right; infinite or NaN where right is 0: see `ratio`. */
export const div = operator("/");
/** The left series that equal the right side. */
export const eq = operator("==");
/** The left series that do not equal the right side. */
export const neq = operator("!=");
/** The left series above the right side. */
export const gt = operator(">");
/** The left series at or above the right side. */
export const gte = operator(">=");
/** The left series below the right side. */
export const lt = operator("<");
/** The left series at or below the right side. */
export const lte = operator("<=");

/**
 * `numerator / (denominator > 0)`: no series, in place of infinity or NaN, where the denominator is 0. Both sides must
 * have the same labels; sum them by the labels to keep.
 * @throws Error when neither side is summed and their matchers differ: each series would be divided by itself.
 */
export function ratio<L extends string>(numerator: Vector<L>, denominator: Vector<NoInfer<L>>): Vector<L> {
  return div(numerator, gt(denominator, 0));
}

/** A set operator; the labels that are matched by must be on both sides. */
interface Filter {
  <L extends string>(left: Vector<L>, right: Vector<NoInfer<L>>): Vector<L>;
  <L extends string, R extends string, const K extends L & R>(
    left: Vector<L>,
    right: Vector<R>,
    matching: { readonly on: readonly K[] },
  ): Vector<L>;
}

/** The left series that have one on the right side. */
export const and: Filter = filter("and");
/** The left series that have none on the right side. */
export const unless: Filter = filter("unless");

/** All left series, and those of the right side that have none on the left. */
export function or<L extends string>(left: Vector<L>, right: Vector<NoInfer<L>>): Vector<L> {
  return new Vector(binary("or", left.node, right.node));
}

/** The overloads say which labels are left; the compiler cannot hold one body against them all. */
function operator<F = Operator>(op: BinaryOp): F {
  const apply = (left: Expression | number, right: Expression | number, matching?: Matching) => {
    const [leftNode, rightNode] = [nodeOf(left), nodeOf(right)];
    if (matching === undefined) refuseOddMatching(op, leftNode, rightNode);
    return new Vector(binary(op, leftNode, rightNode, matching));
  };
  return apply as F;
}

function filter(op: BinaryOp): Filter {
  return <L extends string>(left: Vector<L>, right: Vector<string>, matching?: Matching): Vector<L> =>
    new Vector(binary(op, left.node, right.node, matching));
}

function nodeOf(operand: Expression | number): Node {
  return operand instanceof Expression ? operand.node : { type: "numberLiteralExpr", value: operand };
}

function binary(op: BinaryOp, left: Node, right: Node, matching?: Matching): BinaryExpr {
  const node: BinaryExpr = { type: "binaryExpr", op, left, right };
  if (matching === undefined) return node;
  const isOn = "on" in matching;
  node.matchType = isOn ? "on" : "ignore";
  node.matchLabels = [...(isOn ? matching.on : matching.ignoring)];
  if (matching.groupLeft !== undefined) {
    node.groupModifier = "left";
    node.groupLabels = [...matching.groupLeft];
  }
  return node;
}
