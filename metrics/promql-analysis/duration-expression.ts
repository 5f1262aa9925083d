import type { SyntaxNode } from "@lezer/common";
import { numberOf } from "./numbers";
import { childrenOf } from "./tree";

/** Seconds of a duration in an expression; undefined where only a query decides it, as with `step()`. */
export function durationOf(node: SyntaxNode | null, text: string): number | undefined {
  if (node === null) return undefined;
  const [first, second, third] = childrenOf(node);
  switch (first?.name) {
    case undefined:
      return numberOf(text.slice(node.from, node.to));
    case "NumberDurationLiteralInDurationContext":
      return durationOf(first, text);
    case "UnaryOp": {
      const seconds = durationOf(second ?? null, text);
      return seconds !== undefined && text[first.from] === "-" ? -seconds : seconds;
    }
    case "DurationMinOf":
    case "DurationMaxOf":
      return applied(first.name, durationOf(second ?? null, text), durationOf(third ?? null, text));
    case "DurationExpr":
    case "OffsetDurationExpr":
      return third === undefined
        ? durationOf(first, text)
        : applied(second?.name, durationOf(first, text), durationOf(third, text));
    default:
      return undefined;
  }
}

/** Whether a duration is more than one number with a sign. */
export function isComputed(node: SyntaxNode): boolean {
  const [first, second] = childrenOf(node);
  if (first?.name === "UnaryOp") return second !== undefined && isComputed(second);
  return first !== undefined && first.name !== "NumberDurationLiteralInDurationContext";
}

function applied(operator: string | undefined, left?: number, right?: number): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  switch (operator) {
    case "Add":
      return left + right;
    case "Sub":
      return left - right;
    case "Mul":
      return left * right;
    case "Div":
      return left / right;
    case "Mod":
      return left % right;
    case "Pow":
      return left ** right;
    case "DurationMinOf":
      return Math.min(left, right);
    case "DurationMaxOf":
      return Math.max(left, right);
    default:
      return undefined;
  }
}
