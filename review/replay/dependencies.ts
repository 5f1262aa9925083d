import type { Expression } from "../../metrics/promql-analysis";
import { mayRead, type ReplayRule, selectorsIn } from "./rules";

/** Rules that are evaluated together, as what one of them gives is read by another one of them, or by itself. */
export interface RuleSet {
  /** In the order in which they are evaluated at the same time. */
  readonly rules: readonly ReplayRule[];
  /** Whether one of them reads what was given before: these are evaluated time by time. */
  readonly isCircular: boolean;
}

/** Which rules read which. */
export class Dependencies {
  private readonly read = new Map<ReplayRule, readonly ReplayRule[]>();

  /** @param rules in the order of their evaluation */
  constructor(private readonly rules: readonly ReplayRule[]) {
    for (const rule of rules) {
      const selectors = selectorsIn(rule.expr);
      const read = rules.filter((other) => selectors.some((selector) => mayRead(selector, other)));
      this.read.set(rule, read);
    }
  }

  /** The rules whose series a rule may read. */
  readBy(rule: ReplayRule): readonly ReplayRule[] {
    return this.read.get(rule) ?? [];
  }

  /** All rules in sets, each after those that it reads. */
  inOrder(): readonly RuleSet[] {
    const order = new Map(this.rules.map((rule, index) => [rule, index]));
    const place = (rule: ReplayRule) => order.get(rule) ?? 0;
    return new Components(this.rules, (rule) => this.edgesOf(rule)).all.map((rules) => ({
      rules: [...rules].sort((one, other) => place(one) - place(other)),
      isCircular: rules.length > 1 || rules.some((rule) => this.readBy(rule).includes(rule)),
    }));
  }

  /** A rule that reads a later one of its group sees what that one gave the time before: both belong together. */
  private edgesOf(rule: ReplayRule): readonly ReplayRule[] {
    const isLater = (other: ReplayRule, than: ReplayRule) =>
      other.group === than.group && other.index > than.index;
    const readers = this.rules.filter((other) => isLater(rule, other) && this.readBy(other).includes(rule));
    return [...this.readBy(rule), ...readers];
  }
}

/** The strongly connected components of a graph, each after those that it leads to (Tarjan's algorithm). */
class Components<T> {
  readonly all: T[][] = [];
  private readonly index = new Map<T, number>();
  private readonly low = new Map<T, number>();
  private readonly stack: T[] = [];
  private readonly onStack = new Set<T>();

  constructor(
    nodes: readonly T[],
    private readonly edges: (node: T) => readonly T[],
  ) {
    for (const node of nodes) if (!this.index.has(node)) this.visit(node);
  }

  private visit(node: T): void {
    const index = this.index.size;
    this.index.set(node, index);
    this.low.set(node, index);
    this.stack.push(node);
    this.onStack.add(node);
    const lower = (to: number) => {
      this.low.set(node, Math.min(this.low.get(node) ?? index, to));
    };
    for (const next of this.edges(node)) {
      const known = this.index.get(next);
      if (known === undefined) {
        this.visit(next);
        lower(this.low.get(next) ?? index);
      } else if (this.onStack.has(next)) lower(known);
    }
    if (this.low.get(node) !== index) return;
    const component: T[] = [];
    for (let last = this.stack.pop(); last !== undefined; last = this.stack.pop()) {
      this.onStack.delete(last);
      component.push(last);
      if (last === node) break;
    }
    this.all.push(component);
  }
}

/** How far before its time an expression looks, in milliseconds: ranges and offsets within one another added up. */
export function looksBack(expr: Expression, lookback: number): number {
  const ms = (seconds: number | undefined) => Math.max(0, (seconds ?? 0) * 1_000);
  switch (expr.kind) {
    case "number":
    case "string":
    case "unknown":
      return 0;
    case "selector":
      return ms(expr.offset?.seconds) + (expr.range === undefined ? lookback : ms(expr.range.seconds));
    case "subquery":
      return ms(expr.offset?.seconds) + ms(expr.range.seconds) + looksBack(expr.expr, lookback);
    case "unary":
      return looksBack(expr.expr, lookback);
    case "call":
    case "aggregation":
      return Math.max(0, ...expr.args.map((arg) => looksBack(arg, lookback)));
    case "binary":
      return Math.max(looksBack(expr.left, lookback), looksBack(expr.right, lookback));
  }
}
