import type { Binary, Expression } from "./expression";
import { fingerprint } from "./fingerprint";

/** Whether an expression is a division, or the rest of one, by what may be 0, and nothing that surrounds it asks. */
export function mayDivideByZero(division: Binary, ancestors: readonly Expression[]): boolean {
  return (
    (division.op === "/" || division.op === "%") &&
    !isNeverZero(division.right) &&
    !isGuarded(division, ancestors)
  );
}

/** Whether no value of an expression can be 0: a number, a count, what is filtered by `> 0`. */
export function isNeverZero(expr: Expression): boolean {
  switch (expr.kind) {
    case "number":
      return expr.value !== 0;
    case "unary":
      return isNeverZero(expr.expr);
    case "binary":
      return isNeverZeroOperation(expr);
    case "call": {
      const [first, second] = expr.args;
      if (expr.name === "time" || expr.name === "pi") return true;
      if (expr.name === "clamp_min") return second?.kind === "number" && second.value > 0;
      if (expr.name === "clamp") return second?.kind === "number" && second.value > 0;
      const keepsZero = ["abs", "vector", "scalar", "sqrt"].includes(expr.name);
      return keepsZero && first !== undefined && isNeverZero(first);
    }
    case "aggregation": {
      if (expr.op === "count" || expr.op === "group") return true;
      const operand = expr.args.at(-1);
      const ofSome = ["sum", "min", "max", "avg", "topk", "bottomk"].includes(expr.op);
      return ofSome && operand !== undefined && isNeverZero(operand);
    }
    default:
      return false;
  }
}

function isNeverZeroOperation({ op, isBool, left, right }: Binary): boolean {
  if (isBool) return false;
  const bound = right.kind === "number" ? right.value : NaN;
  switch (op) {
    case ">":
      return bound >= 0;
    case ">=":
      return bound > 0;
    case "<":
      return bound <= 0;
    case "<=":
      return bound < 0;
    case "!=":
      return bound === 0;
    case "and":
    case "unless":
      return isNeverZero(left);
    case "*":
    case "/":
    case "or":
      return isNeverZero(left) && isNeverZero(right);
    default:
      return false;
  }
}

/** `a / b and b > 0`, and the same on either side of more conditions. */
function isGuarded(division: Binary, ancestors: readonly Expression[]): boolean {
  let inner: Expression = division;
  for (const outer of ancestors) {
    if (outer.kind !== "binary") return false;
    if (outer.op === "and") {
      const other = outer.left === inner ? outer.right : outer.left;
      if (
        conditionsOf(other).some((guard) => isNeverZeroOperation(guard) && isSame(guard.left, division.right))
      )
        return true;
    }
    inner = outer;
  }
  return false;
}

/** The comparisons that all hold where an expression has a value. */
function conditionsOf(expr: Expression): Binary[] {
  if (expr.kind !== "binary") return [];
  return expr.op === "and" ? [...conditionsOf(expr.left), ...conditionsOf(expr.right)] : [expr];
}

/** Whether two expressions are the same but for how they are written. */
export function isSame(one: Expression, other: Expression): boolean {
  return fingerprint(one) === fingerprint(other);
}
