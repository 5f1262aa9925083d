/** Where something stands in the text of an expression: characters from 0, `to` is the first behind it. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** What all parts of an expression have. */
interface Common extends Place {
  /** Whether parentheses stand around it; its place is within them. */
  readonly inParentheses?: true;
}

/** A length of time in an expression. */
export interface Duration extends Place {
  /** Undefined where only a query decides it, as in `[range()]`. */
  readonly seconds: number | undefined;
}

/** One matcher of a selector. */
export interface Matcher extends Place {
  readonly label: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** A number; a duration that stands for one is in seconds. */
export interface NumberLiteral extends Common {
  readonly kind: "number";
  readonly value: number;
}

/** A string, without its quotation marks. */
export interface StringLiteral extends Common {
  readonly kind: "string";
  readonly value: string;
}

/** What offset and @ make of a selector or a subquery. */
interface Shifted {
  /** `offset`; negative for one that looks ahead. */
  readonly offset?: Duration;
  /** The time of `@`: seconds since 1970, or an end of the queried range. */
  readonly at?: number | "start" | "end";
}

/** Series by their name and labels: `up{job="a"}`, with a range `up[5m]`. */
export interface Selector extends Common, Shifted {
  readonly kind: "selector";
  /** The metric; "" where the selector names none. */
  readonly name: string;
  /** Without the one of `__name__` that gives the name. */
  readonly matchers: readonly Matcher[];
  readonly range?: Duration;
}

/** An expression evaluated over a range: `up[1h:5m]`. */
export interface Subquery extends Common, Shifted {
  readonly kind: "subquery";
  readonly expr: Expression;
  readonly range: Duration;
  readonly step?: Duration;
}

/** A function with its arguments: `rate(x[5m])`. */
export interface Call extends Common {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Expression[];
}

/** An aggregation: `sum by (job) (x)`, `topk(3, x)`. Without `by` and `without` no label is kept. */
export interface Aggregation extends Common {
  readonly kind: "aggregation";
  /** In small letters. */
  readonly op: string;
  readonly by?: readonly string[];
  readonly without?: readonly string[];
  /** What is aggregated comes last, behind the parameter where there is one. */
  readonly args: readonly Expression[];
}

/** Two operands and how their series are matched. */
export interface Binary extends Common {
  readonly kind: "binary";
  /** In small letters. */
  readonly op: string;
  /** Whether it gives 0 and 1 in place of filtering. */
  readonly isBool: boolean;
  readonly left: Expression;
  readonly right: Expression;
  readonly on?: readonly string[];
  readonly ignoring?: readonly string[];
  readonly groupLeft?: readonly string[];
  readonly groupRight?: readonly string[];
  /** The sides on which a missing series counts as a number. */
  readonly fills?: { readonly left: boolean; readonly right: boolean };
}

/** A sign. */
export interface Unary extends Common {
  readonly kind: "unary";
  readonly op: "-" | "+";
  readonly expr: Expression;
}

/** What nothing here understands: broken text, or syntax of a newer Prometheus. */
export interface Unknown extends Common {
  readonly kind: "unknown";
}

/** A PromQL expression, in which parentheses are left out. */
export type Expression =
  NumberLiteral | StringLiteral | Selector | Subquery | Call | Aggregation | Binary | Unary | Unknown;

/** What an expression is made of, from left to right. */
export function operandsOf(expr: Expression): readonly Expression[] {
  switch (expr.kind) {
    case "number":
    case "string":
    case "selector":
    case "unknown":
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

/** A part of an expression with what it stands in, from the inside out. */
export interface Part<N extends Expression = Expression> {
  readonly node: N;
  readonly ancestors: readonly Expression[];
}

/** An expression and all that it is made of, from the outside in and from left to right. */
export function partsOf(expr: Expression): Part[] {
  const parts: Part[] = [];
  const open: Part[] = [{ node: expr, ancestors: [] }];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    parts.push(part);
    const ancestors = [part.node, ...part.ancestors];
    for (const node of [...operandsOf(part.node)].reverse()) open.push({ node, ancestors });
  }
  return parts;
}

/** The parts of one kind, from the outside in and from left to right. */
export function nodesOf<K extends Expression["kind"]>(
  expr: Expression,
  kind: K,
): Extract<Expression, { kind: K }>[] {
  return allNodesOf(expr).filter((node): node is Extract<Expression, { kind: K }> => node.kind === kind);
}

/** An expression and all that it is made of, from the outside in and from left to right. */
export function allNodesOf(expr: Expression): Expression[] {
  const nodes: Expression[] = [];
  const open = [expr];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    nodes.push(node);
    open.push(...[...operandsOf(node)].reverse());
  }
  return nodes;
}

/** Whether an operator compares. */
export function isComparison(op: string): boolean {
  return ["==", "!=", ">", "<", ">=", "<="].includes(op);
}

/** Whether an operator works on which series there are, not on their values. */
export function isSetOperator(op: string): boolean {
  return ["and", "or", "unless"].includes(op);
}

/** Whether an expression is a number, which has no series to match. */
export function isScalar(expr: Expression): boolean {
  switch (expr.kind) {
    case "number":
      return true;
    case "call":
      return ["time", "scalar", "pi"].includes(expr.name);
    case "unary":
      return isScalar(expr.expr);
    case "binary":
      return isScalar(expr.left) && isScalar(expr.right);
    default:
      return false;
  }
}
