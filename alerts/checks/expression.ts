/** A PromQL expression as far as the checks look at it. Durations are in seconds. */
export type Expression =
  | { readonly kind: "number" | "string" }
  | {
      readonly kind: "selector";
      readonly name: string;
      readonly matchers: readonly Matcher[];
      readonly range?: number;
      readonly offset?: number;
    }
  | { readonly kind: "subquery"; readonly expr: Expression; readonly range: number; readonly offset?: number }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: "aggregation";
      readonly op: string;
      readonly by?: readonly string[];
      readonly without?: readonly string[];
      readonly args: readonly Expression[];
    }
  | Binary
  | { readonly kind: "unary"; readonly expr: Expression };

/** One matcher of a selector. */
export interface Matcher {
  readonly label: string;
  readonly op: string;
  readonly value: string;
}

/** Two operands and how their series are matched. */
export interface Binary {
  readonly kind: "binary";
  readonly op: string;
  /** Whether it gives 0 and 1 in place of filtering. */
  readonly isBool: boolean;
  readonly left: Expression;
  readonly right: Expression;
  readonly on?: readonly string[];
  readonly ignoring?: readonly string[];
  readonly groupLeft?: readonly string[];
  readonly groupRight?: readonly string[];
}

/** An expression and all that it is made of, from the outside in. */
export function nodesOf(expr: Expression): Expression[] {
  return [expr, ...operandsOf(expr).flatMap(nodesOf)];
}

/** The selectors in an expression. */
export function selectorsIn(expr: Expression) {
  return nodesOf(expr).flatMap((node) => (node.kind === "selector" ? [node] : []));
}

/** What an expression is made of. */
export function operandsOf(expr: Expression): readonly Expression[] {
  switch (expr.kind) {
    case "number":
    case "string":
    case "selector":
      return [];
    case "subquery":
    case "unary":
      return [expr.expr];
    case "call":
    case "aggregation":
      return expr.args;
    case "binary":
      return [expr.left, expr.right];
  }
}

/** Whether an operator compares. */
export function isComparison(op: string): boolean {
  return ["==", "!=", ">", "<", ">=", "<="].includes(op);
}

/** Whether an operator works on which series there are, not on their values. */
export function isSetOperator(op: string): boolean {
  return ["and", "or", "unless"].includes(op);
}
