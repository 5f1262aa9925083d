import { isComparison, type Expression } from "../../../metrics/promql-analysis";
import { saysTheSame } from "../../past/same-expression";
import type { ReplayRule } from "../../replay/rules";

/** What an expression compares, and the number that it is compared with. */
export interface Comparison {
  readonly measured: Expression;
  readonly threshold: number;
}

/** The comparison with a number that decides whether an alert fires: the first from the left. */
export function comparisonOf(expr: Expression): Comparison | undefined {
  if (expr.kind !== "binary") return undefined;
  if (isComparison(expr.op)) {
    const threshold = numberOf(expr.right);
    return threshold === undefined ? comparisonOf(expr.left) : { measured: expr.left, threshold };
  }
  return ["and", "unless", "or"].includes(expr.op) ? comparisonOf(expr.left) : undefined;
}

function numberOf(expr: Expression): number | undefined {
  if (expr.kind === "number") return expr.value;
  const inner = expr.kind === "unary" ? numberOf(expr.expr) : undefined;
  return inner !== undefined && expr.kind === "unary" && expr.op === "-" ? -inner : inner;
}

/** What changed of a rule, a few words each. */
export function changesOf(before: ReplayRule, after: ReplayRule): string[] {
  const words: string[] = [];
  const say = (what: string, one: string, other: string) => {
    if (one !== other) words.push(`${what} ${one} → ${other}`);
  };
  if (!saysTheSame(before.expr.text, after.expr.text)) words.push(expressionChange(before, after));
  say("for", duration(before.for), duration(after.for));
  say("keep firing for", duration(before.keepFiringFor), duration(after.keepFiringFor));
  say("evaluated every", duration(before.group.interval), duration(after.group.interval));
  words.push(...fieldChanges("label", before.labels, after.labels));
  words.push(...fieldChanges("annotation", before.annotations, after.annotations));
  return words;
}

/** Where nothing but the number changed, the number. */
function expressionChange(before: ReplayRule, after: ReplayRule): string {
  const [one, other] = [comparisonOf(before.expr.expr), comparisonOf(after.expr.expr)];
  if (one === undefined || other === undefined || one.threshold === other.threshold)
    return "expression changed";
  const textOf = ({ expr }: ReplayRule, { measured }: Comparison) =>
    expr.text.slice(measured.from, measured.to);
  const isAlone = saysTheSame(textOf(before, one), textOf(after, other));
  const threshold = `threshold ${String(one.threshold)} → ${String(other.threshold)}`;
  return isAlone ? threshold : `expression changed, ${threshold}`;
}

function fieldChanges(
  what: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [one, other] = [before[name], after[name]];
    if (one === other) return [];
    if (one === undefined) return [`new ${what} ${name}`];
    return other === undefined ? [`${what} ${name} is gone`] : [`${what} ${name} changed`];
  });
}

/** A duration as Prometheus writes it: `1m30s`. */
function duration(milliseconds: number): string {
  if (milliseconds === 0) return "0s";
  const units = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["m", 60_000],
    ["s", 1_000],
    ["ms", 1],
  ] as const;
  let rest = milliseconds;
  return units
    .map(([unit, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? "" : `${String(count)}${unit}`;
    })
    .join("");
}
