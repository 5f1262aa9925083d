import { isComparison } from "../../../metrics/promql-analysis";

/** A number that is known whatever is measured; undefined where what is measured decides. */
export type Known = number | undefined;

/** What an operator makes of two numbers. What is 0 stays 0, multiplied or divided by what is measured. */
export function computed(op: string, left: Known, right: Known): Known {
  if ((op === "*" && (left === 0 || right === 0)) || (op === "/" && left === 0 && right !== 0)) return 0;
  if (left === undefined || right === undefined) return undefined;
  switch (op) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
    case "^":
      return left ** right;
    case "atan2":
      return Math.atan2(left, right);
    default:
      return isComparison(op) ? Number(compares(op, left, right)) : undefined;
  }
}

/**
 * Whether a comparison can hold. `!=` always can where one side is not known to the end: 0 divided by 0 is no number, and
 * differs from all.
 */
export function canHold(op: string, left: Known, right: Known): boolean {
  if (left === undefined || right === undefined || op === "!=") return true;
  return compares(op, left, right);
}

function compares(op: string, left: number, right: number): boolean {
  switch (op) {
    case "==":
      return left === right;
    case ">":
      return left > right;
    case "<":
      return left < right;
    case ">=":
      return left >= right;
    case "<=":
      return left <= right;
    default:
      return left !== right;
  }
}

/** Functions that make the same of what never changes. */
const keeping: ReadonlySet<string> = new Set([
  "avg_over_time",
  "min_over_time",
  "max_over_time",
  "last_over_time",
  "first_over_time",
  "sort",
  "sort_desc",
  "sort_by_label",
  "sort_by_label_desc",
  "label_replace",
  "label_join",
]);
/** Functions that give 0 for what never changes. */
const changing: ReadonlySet<string> = new Set([
  "rate",
  "irate",
  "increase",
  "delta",
  "idelta",
  "deriv",
  "changes",
  "resets",
  "stddev_over_time",
  "stdvar_over_time",
]);

/** Functions of one number. */
const numeric: ReadonlyMap<string, (value: number) => number> = new Map([
  ["abs", Math.abs],
  ["ceil", Math.ceil],
  ["floor", Math.floor],
  ["sqrt", Math.sqrt],
]);

/**
 * What a function makes of a number.
 * @param more its other numbers, as far as they are known
 */
export function ofFunction(name: string, value: Known, more: readonly Known[] = []): Known {
  if (value === undefined) return undefined;
  if (keeping.has(name)) return value;
  if (name === "sum_over_time") return value === 0 ? 0 : undefined;
  if (changing.has(name)) return 0;
  if (name === "round") {
    const [toNearest = more.length === 0 ? 1 : undefined] = more;
    return toNearest === undefined ? undefined : Math.floor(value / toNearest + 0.5) * toNearest;
  }
  return numeric.get(name)?.(value);
}

/** What an aggregation makes of numbers. */
export function ofAggregation(op: string, values: readonly Known[]): Known {
  const [first] = values;
  if (first === undefined || values.some((value) => value !== first)) return undefined;
  if (["min", "max", "avg", "quantile", "topk", "bottomk", "limitk", "limit_ratio"].includes(op))
    return first;
  if (op === "group") return 1;
  return op === "sum" && first === 0 ? 0 : undefined;
}
