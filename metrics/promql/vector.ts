import type { Expr as Node, SubqueryExpr, VectorExpr } from "@grafana/promql-builder";
import { report } from "../problems";
import { checkedDuration, type Duration } from "./duration";
import { eitherNow } from "./former-name";
import { render } from "./render";
import { checkLabels } from "./shape";

/**
 * What the samples are, which decides what may be done with them:
 * - `counter`: a count that only grows; only its rate or increase means something.
 * - `bucket`: the same, of a histogram's bucket.
 * - `gauge`: a value as it is, also every computed one.
 * - `distribution`: the rate or increase of buckets; a quantile can be taken of it.
 */
export type Sample = "counter" | "bucket" | "gauge" | "distribution";

/** An expression's labels and samples, as its type has them. */
export interface Shape {
  readonly labels: readonly string[];
  readonly sample: Sample;
}

/** An expression of any kind. */
export abstract class Expression {
  private text: string | undefined;

  constructor(
    /** The expression's tree. */
    readonly node: Node,
    /** Undefined of numbers, and after a mistake, which is reported once. */
    readonly shape?: Shape,
  ) {}

  /** The expression in PromQL. */
  toString(): string {
    return (this.text ??= render(this.node));
  }
}

/** An expression that gives one value a series at an instant: what a panel or a rule may hold. */
export abstract class Query extends Expression {
  declare protected readonly instant: true;
}

/** An instant vector whose series have the labels `L`. Made by the functions of this folder only. */
export class Vector<L extends string, T extends Sample = "gauge"> extends Query {
  // A function type: a vector is only what its labels are, neither with fewer nor with more.
  declare protected readonly typed: (labels: L, sample: T) => readonly [L, T];
}

/** The series of one metric that its matchers choose, under either name where the metric is being renamed. */
export class Selector<L extends string, T extends Sample = "gauge"> extends Vector<L, T> {
  constructor(
    /** The series under the name that they have now. */
    readonly selector: VectorExpr,
    shape?: Shape,
    /** The name that the series had, where their metric is being renamed. */
    readonly formerly?: string,
  ) {
    super(eitherNow(selector, formerly), shape);
  }

  /** The same series at an earlier time. */
  offset(by: Duration): Selector<L, T> {
    return this.with({ offset: checkedDuration("offset", by) });
  }

  /** Of these series, those with this value of a label. */
  where(label: L, value: string): Selector<L, T> {
    checkLabels("where", [label], this.shape?.labels);
    if (typeof value !== "string") report({ what: `where: ${label}`, found: value, allowed: "a text" });
    const labels = [...this.selector.labels, { name: label, operator: "=" as const, value: String(value) }];
    return this.with({ labels });
  }

  /** One selector of the series under all of their names: for `label_values`, where no expression may stand. */
  anyName(): string {
    const { selector, formerly } = this;
    if (formerly === undefined) return render(selector);
    const names = { name: "__name__", operator: "=~" as const, value: `${selector.metric}|${formerly}` };
    return render({ ...selector, metric: "", labels: [names, ...selector.labels] });
  }

  private with(changed: Partial<VectorExpr>): Selector<L, T> {
    return new Selector({ ...this.selector, ...changed }, this.shape, this.formerly);
  }
}

/** Samples over a length of time, of which a range function makes an instant vector. */
export class RangeVector<L extends string, T extends Sample = "gauge"> extends Expression {
  declare protected readonly range: (labels: L, sample: T) => readonly [L, T];

  constructor(
    override readonly node: VectorExpr | SubqueryExpr,
    shape?: Shape,
  ) {
    super(node, shape);
  }
}

/** One computed number without labels. */
export class Scalar extends Query {
  declare protected readonly scalar: true;
}
