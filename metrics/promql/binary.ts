import type { BinaryExpr, BinaryOp, Expr as Node } from "@grafana/promql-builder";
import { report, words } from "../problems";
import { list, optional } from "../properties";
import { reportOddMatching } from "./inspect";
import { numberOperand, vectorOperand, type Operand } from "./operand";
import { checkLabels, choiceOf, labelsInWords } from "./shape";
import { Scalar, Vector, type Shape } from "./vector";

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
 * have the same labels; sum them by the labels to keep. Where neither side is summed and their matchers differ, each series
 * would be divided by itself: that is refused.
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
  const { node, shape } = joined("or", vectorOperand("or", left), vectorOperand("or", right));
  return new Vector(node, shape);
}

/** The overloads say which labels are left; the compiler cannot hold one body against them all. */
function operator<F = Operator>(op: BinaryOp): F {
  const what = `"${op}"`;
  const apply = (left: unknown, right: unknown, matching?: Matching) => {
    if (isNumber(left) || isNumber(right)) return withNumber(op, left, right, matching);
    const [ofLeft, ofRight] = [sideOf(what, left), sideOf(what, right)];
    if (matching === undefined) reportOddMatching(op, ofLeft.node, ofRight.node);
    return joined(op, ofLeft, ofRight, matching);
  };
  return apply as F;
}

function sideOf(what: string, value: unknown): Operand {
  return vectorOperand(what, value, ["gauge"], "a number, or a vector such as what select gives");
}

function isNumber(operand: unknown): operand is Numeric {
  return typeof operand === "number" || operand instanceof Scalar;
}

/** A vector and a number; two numbers are no vector. */
function withNumber(op: BinaryOp, left: unknown, right: unknown, matching: unknown): Vector<string> {
  const what = `"${op}"`;
  if (matching !== undefined) {
    report({
      what,
      found: words("a matching of labels with a number"),
      allowed: "none: a number has no labels",
    });
  }
  if (isNumber(left) && isNumber(right)) {
    report({ what, found: words("two numbers"), allowed: "a vector on one side: see vector" });
  }
  const operand = (side: unknown): Operand =>
    isNumber(side) ? { node: numberOperand(what, side) } : sideOf(what, side);
  const [ofLeft, ofRight] = [operand(left), operand(right)];
  return new Vector(binary(op, ofLeft.node, ofRight.node), ofLeft.shape ?? ofRight.shape);
}

function filter(op: BinaryOp): Filter {
  return <L extends string>(left: Vector<L>, right: Vector<string>, matching?: Matching): Vector<L> => {
    const ofLeft = vectorOperand(op, left);
    const { node } = joined(op, ofLeft, vectorOperand(op, right), matching);
    return new Vector(node, ofLeft.shape);
  };
}

/** Both vectors with an operator between them. Reports labels that do not match. */
function joined(op: BinaryOp, left: Operand, right: Operand, matching?: Matching): Vector<string> {
  const others = { groupLeft: optional(list) };
  const chosen = matching && choiceOf(`"${op}": matching`, matching, ["on", "ignoring"], others);
  const isStrange = matching !== undefined && chosen === undefined;
  const taken = isStrange ? undefined : matching;
  const sides = isStrange ? [] : [left.shape?.labels, right.shape?.labels];
  const labels = matchedLabels(op, sides[0], sides[1], chosen && { ...chosen, groupLeft: taken?.groupLeft });
  const shape: Shape | undefined = labels && { labels, sample: "gauge" };
  return new Vector(binary(op, left.node, right.node, taken), shape);
}

type Labels = readonly string[] | undefined;

/** A matching as it was checked. */
interface Chosen {
  readonly key: "on" | "ignoring";
  readonly labels: readonly string[];
  readonly groupLeft: readonly string[] | undefined;
}

/** The labels of the result; undefined where they are not known, or the sides do not match. */
function matchedLabels(op: BinaryOp, left: Labels, right: Labels, matching: Chosen | undefined): Labels {
  const what = `"${op}"`;
  if (matching === undefined) return differ(what, left, right) ? undefined : (left ?? right);
  if (left === undefined || right === undefined) return undefined;
  const { key, labels, groupLeft } = matching;
  if (groupLeft !== undefined && !checkLabels(`${what}: groupLeft`, groupLeft, right)) return undefined;
  if (key === "on") {
    const both = left.filter((label) => right.includes(label));
    if (!checkLabels(`${what}: on`, labels, both)) return undefined;
  } else {
    if (!checkLabels(`${what}: ignoring`, labels, [...new Set([...left, ...right])])) return undefined;
    const rest = (side: readonly string[]) => side.filter((label) => !labels.includes(label));
    if (differ(what, rest(left), rest(right))) return undefined;
    if (groupLeft === undefined) return rest(left);
  }
  return groupLeft === undefined ? labels : [...new Set([...left, ...groupLeft])];
}

/** Reports sides whose labels differ. */
function differ(what: string, left: Labels, right: Labels): boolean {
  if (left === undefined || right === undefined) return false;
  if (left.length === right.length && left.every((label) => right.includes(label))) return false;
  report({
    what,
    found: words(`${labelsInWords(left)} on the left, ${labelsInWords(right)} on the right`),
    allowed:
      "the same labels on both sides: sum both by the labels to keep, or say which match (on, ignoring)",
  });
  return true;
}

function binary(op: BinaryOp, left: Node, right: Node, matching?: Matching): BinaryExpr {
  const node: BinaryExpr = { type: "binaryExpr", op, left, right };
  if (matching === undefined) return node;
  const isOn = "on" in matching;
  node.matchType = isOn ? "on" : "ignore";
  node.matchLabels = [...(isOn ? matching.on : (matching.ignoring ?? []))];
  if (matching.groupLeft !== undefined) {
    node.groupModifier = "left";
    node.groupLabels = [...matching.groupLeft];
  }
  return node;
}
