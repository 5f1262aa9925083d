import { parse, type Binary, type Expression } from "../promql-analysis";
import { operatorOf } from "./operators";

/** One value without labels: what is left of a vector is undefined where a comparison let nothing through. */
interface Value {
  readonly kind: "scalar" | "vector";
  readonly value: number | undefined;
}

/**
 * What an expression gives that reads no series: numbers, `vector()`, `scalar()`, `time()`, `pi()` and operators between
 * them, such as `vector(3 * 0.5)`. A number is a vector with one sample, as queries of templates have it.
 * @param time milliseconds of Unix time
 * @returns values of samples without labels, one or none; undefined where it reads series, or is broken
 */
export function valuesWithoutSeries(text: string, time: number): readonly number[] | undefined {
  const { expr, problems, features } = parse(text);
  if (problems.length > 0 || features.length > 0) return undefined;
  const found = valueOf(expr, time);
  if (found === undefined) return undefined;
  return found.value === undefined ? [] : [found.value];
}

function valueOf(expr: Expression, time: number): Value | undefined {
  switch (expr.kind) {
    case "number":
      return { kind: "scalar", value: expr.value };
    case "unary": {
      const found = valueOf(expr.expr, time);
      if (expr.op === "+" || found?.value === undefined) return found;
      return { ...found, value: -found.value };
    }
    case "binary":
      return binary(expr, time);
    case "call":
      return called(expr.name, expr.args, time);
    default:
      return undefined;
  }
}

function called(name: string, [arg]: readonly Expression[], time: number): Value | undefined {
  if (name === "pi") return { kind: "scalar", value: Math.PI };
  if (name === "time") return { kind: "scalar", value: time / 1000 };
  if (name !== "vector" && name !== "scalar") return undefined;
  const found = arg && valueOf(arg, time);
  if (found === undefined) return undefined;
  return name === "vector" ? { ...found, kind: "vector" } : { kind: "scalar", value: found.value ?? NaN };
}

function binary({ op, isBool, left, right, fills }: Binary, time: number): Value | undefined {
  const operator = operatorOf(op);
  const [one, other] = [valueOf(left, time), valueOf(right, time)];
  if (operator === undefined || fills !== undefined || one === undefined || other === undefined)
    return undefined;
  const kind = one.kind === "scalar" && other.kind === "scalar" ? "scalar" : "vector";
  if (one.value === undefined || other.value === undefined) return { kind, value: undefined };
  if (operator.holds === undefined) return { kind, value: operator.value(one.value, other.value) };
  const holds = operator.holds(one.value, other.value);
  if (isBool) return { kind, value: Number(holds) };
  // A number is compared with a vector: what is left is the vector's.
  const kept = one.kind === "scalar" ? other.value : one.value;
  return { kind, value: holds ? kept : undefined };
}
