import type { AggregationOp, Expr as Node } from "@grafana/promql-builder";
import { Vector, type Expression, type Sample } from "./vector";

/** Labels to keep, or labels to drop. */
export type Grouping<K extends string> = { readonly by: readonly K[] } | { readonly without: readonly K[] };

/** An aggregation that takes samples `A`; a label to keep or drop must be one of the operand's. */
interface Aggregate<A extends Sample> {
  <L extends string, T extends A, const K extends L = never>(
    vector: Vector<L, T>,
    grouping?: { readonly by: readonly K[] },
  ): Vector<K, T>;
  <L extends string, T extends A, const K extends L>(
    vector: Vector<L, T>,
    grouping: { readonly without: readonly K[] },
  ): Vector<Exclude<L, K>, T>;
}

/** An aggregation that looks at which series there are, not at their samples. */
interface Enumerate {
  <L extends string, T extends Sample, const K extends L = never>(
    vector: Vector<L, T>,
    grouping?: { readonly by: readonly K[] },
  ): Vector<K>;
  <L extends string, T extends Sample, const K extends L>(
    vector: Vector<L, T>,
    grouping: { readonly without: readonly K[] },
  ): Vector<Exclude<L, K>>;
}

/** Sum of the series; of a counter's rates, never of the counter. */
export const sum = aggregate<Aggregate<"gauge" | "distribution">>("sum");
/** Mean of the series. */
export const avg = aggregate<Aggregate<"gauge">>("avg");
/** Greatest of the series. */
export const max = aggregate<Aggregate<"gauge">>("max");
/** Least of the series. */
export const min = aggregate<Aggregate<"gauge">>("min");
/** Number of series. */
export const count = aggregate<Enumerate>("count");
/** 1 for each group that has a series. */
export const group = aggregate<Enumerate>("group");

/**
 * The `k` greatest series, of each group where there is a grouping; they keep their labels.
 * @throws RangeError when `k` is not a positive whole number.
 */
export function topk<L extends string, const K extends L = never>(
  k: number,
  vector: Vector<L>,
  grouping?: Grouping<K>,
): Vector<L> {
  return new Vector(ranked("topk", k, vector.node, grouping));
}

/**
 * The `k` least series, of each group where there is a grouping; they keep their labels.
 * @throws RangeError when `k` is not a positive whole number.
 */
export function bottomk<L extends string, const K extends L = never>(
  k: number,
  vector: Vector<L>,
  grouping?: Grouping<K>,
): Vector<L> {
  return new Vector(ranked("bottomk", k, vector.node, grouping));
}

/**
 * A quantile of the values in a histogram's buckets. The buckets are summed first, and their label `le` is kept.
 * @param q from 0 to 1: 0.95 is the 95th percentile.
 * @param buckets the rate or increase of a histogram's `_bucket`.
 * @param grouping labels to keep beside `le`; default: none.
 * @throws RangeError when `q` is not from 0 to 1.
 */
export function quantile<L extends string, const K extends Exclude<L, "le"> = never>(
  q: number,
  buckets: Vector<L, "distribution"> & ("le" extends L ? unknown : "the buckets need their label le"),
  grouping: { readonly by: readonly K[] } = { by: [] },
): Vector<K> {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`A quantile is from 0 to 1, not ${String(q)}.`);
  return new Vector({
    type: "funcCallExpr",
    function: "histogram_quantile",
    args: [
      { type: "numberLiteralExpr", value: q },
      aggregation("sum", buckets.node, { by: [...grouping.by, "le"] }),
    ],
  });
}

/** The overloads of `F` say which labels and samples are left; the compiler cannot hold one body against them all. */
function aggregate<F>(op: AggregationOp): F {
  const apply = (vector: Expression, grouping?: Grouping<string>) =>
    new Vector(aggregation(op, vector.node, grouping));
  return apply as F;
}

function ranked(op: AggregationOp, k: number, node: Node, grouping?: Grouping<string>): Node {
  if (!Number.isInteger(k) || k < 1)
    throw new RangeError(`${op} takes a positive whole number, not ${String(k)}.`);
  return aggregation(op, node, grouping, { type: "numberLiteralExpr", value: k });
}

function aggregation(
  op: AggregationOp,
  expr: Node,
  grouping: Grouping<string> = { by: [] },
  param?: Node,
): Node {
  if ("without" in grouping && grouping.without.length === 0) {
    throw new RangeError(`${op} without no label keeps all of them and aggregates nothing: name a label.`);
  }
  return {
    type: "aggregationExpr",
    op,
    expr,
    ...(param === undefined ? {} : { param }),
    by: "by" in grouping ? [...grouping.by] : [],
    without: "without" in grouping ? [...grouping.without] : [],
  };
}
