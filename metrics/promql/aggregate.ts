import type { AggregationOp, Expr as Node } from "@grafana/promql-builder";
import { report, words } from "../problems";
import { anySample, vectorOperand, type Operand } from "./operand";
import { checkLabels, choiceOf } from "./shape";
import { Vector, type Sample, type Shape } from "./vector";

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
export const sum = aggregate<Aggregate<"gauge" | "distribution">>("sum", ["gauge", "distribution"]);
/** Mean of the series. */
export const avg = aggregate<Aggregate<"gauge">>("avg", ["gauge"]);
/** Greatest of the series. */
export const max = aggregate<Aggregate<"gauge">>("max", ["gauge"]);
/** Least of the series. */
export const min = aggregate<Aggregate<"gauge">>("min", ["gauge"]);
/** Number of series. */
export const count = aggregate<Enumerate>("count", anySample);
/** 1 for each group that has a series. */
export const group = aggregate<Enumerate>("group", anySample);

/**
 * The `k` greatest series, of each group where there is a grouping; they keep their labels.
 */
export function topk<L extends string, const K extends L = never>(
  k: number,
  vector: Vector<L>,
  grouping?: Grouping<K>,
): Vector<L> {
  return ranked("topk", k, vector, grouping);
}

/**
 * The `k` least series, of each group where there is a grouping; they keep their labels.
 */
export function bottomk<L extends string, const K extends L = never>(
  k: number,
  vector: Vector<L>,
  grouping?: Grouping<K>,
): Vector<L> {
  return ranked("bottomk", k, vector, grouping);
}

/**
 * A quantile of the values in a histogram's buckets. The buckets are summed first, and their label `le` is kept.
 * @param q from 0 to 1: 0.95 is the 95th percentile.
 * @param buckets the rate or increase of a histogram's `_bucket`.
 * @param grouping labels to keep beside `le`; default: none.
 */
export function quantile<L extends string, const K extends Exclude<L, "le"> = never>(
  q: number,
  buckets: Vector<L, "distribution"> & ("le" extends L ? unknown : "the buckets need their label le"),
  grouping: { readonly by: readonly K[] } = { by: [] },
): Vector<K> {
  if (!(q >= 0 && q <= 1)) report({ what: "quantile: q", found: q, allowed: "a number from 0 to 1" });
  const { node, shape } = vectorOperand("quantile", buckets, ["distribution"]);
  if (shape !== undefined && !shape.labels.includes("le")) {
    const found = words(`buckets without their label le, ${String(new Vector(node))}`);
    report({ what: "quantile", found, allowed: "buckets with it: sum them by le, too" });
  }
  // `le` is kept in any case.
  const others = shape && { ...shape, labels: shape.labels.filter((label) => label !== "le") };
  const groups = checkedGrouping("quantile", { node, shape: others }, grouping, ["by"]);
  return new Vector(
    {
      type: "funcCallExpr",
      function: "histogram_quantile",
      args: [
        { type: "numberLiteralExpr", value: q },
        aggregation("sum", node, { by: [...groups.by, "le"], without: [] }),
      ],
    },
    shape && groups.isKnown ? { labels: groups.by, sample: "gauge" } : undefined,
  );
}

/** The overloads of `F` say which labels and samples are left; the compiler cannot hold one body against them all. */
function aggregate<F>(op: AggregationOp, samples: readonly Sample[]): F {
  const apply = (vector: unknown, grouping?: unknown) => {
    const operand = vectorOperand(op, vector, samples);
    const groups = checkedGrouping(op, operand, grouping);
    return new Vector(aggregation(op, operand.node, groups), aggregated(operand, groups, samples));
  };
  return apply as F;
}

/** What is left of an operand: a sum of buckets is one of buckets, what is counted a number. */
function aggregated({ shape }: Operand, groups: Groups, samples: readonly Sample[]): Shape | undefined {
  if (shape === undefined || !groups.isKnown) return undefined;
  const kept =
    groups.without.length > 0
      ? shape.labels.filter((label) => !groups.without.includes(label))
      : shape.labels.filter((label) => groups.by.includes(label));
  return { labels: kept, sample: samples === anySample ? "gauge" : shape.sample };
}

function ranked<L extends string>(
  op: "topk" | "bottomk",
  k: number,
  vector: Vector<L>,
  grouping: unknown,
): Vector<L> {
  if (!Number.isInteger(k) || k < 1) {
    report({ what: `${op}: k`, found: k, allowed: "a positive whole number" });
  }
  const operand = vectorOperand(op, vector);
  const groups = checkedGrouping(op, operand, grouping);
  const most: Node = { type: "numberLiteralExpr", value: k };
  return new Vector(aggregation(op, operand.node, groups, most), operand.shape);
}

/** A grouping as the tree has it. */
interface Groups {
  /** False after a mistake: then it is not known which labels are left. */
  readonly isKnown: boolean;
  readonly by: readonly string[];
  readonly without: readonly string[];
}

/** Reports a grouping that is none, and labels in it that the operand has not. */
function checkedGrouping(
  op: string,
  { shape }: Operand,
  grouping: unknown = { by: [] },
  allowed: readonly ("by" | "without")[] = ["by", "without"],
): Groups {
  const chosen = choiceOf(`${op}: grouping`, grouping, allowed);
  if (chosen === undefined) return { isKnown: false, by: [], without: [] };
  const { key, labels } = chosen;
  const isKnown = checkLabels(`${op}: ${key}`, labels, shape?.labels);
  if (key === "without" && labels.length === 0) {
    const why = "a label: without none all are kept and nothing is aggregated";
    report({ what: `${op}: without`, found: labels, allowed: why });
  }
  return { isKnown, by: [], without: [], [key]: [...labels] };
}

function aggregation(
  op: AggregationOp,
  expr: Node,
  { by, without }: Omit<Groups, "isKnown">,
  param?: Node,
): Node {
  const ranking = param === undefined ? {} : { param };
  return { type: "aggregationExpr", op, expr, ...ranking, by: [...by], without: [...without] };
}
