import { type Expression, parse } from "../../metrics/promql-analysis";

/** Whether two texts of PromQL say the same, however they are written. */
export function saysTheSame(one: string, other: string): boolean {
  return one === other || meaningOf(one) === meaningOf(other);
}

/** What an expression says, as a text: without places, spaces and parentheses, with its durations in seconds. */
export function meaningOf(text: string): string {
  const { expr, problems } = parse(text);
  return problems.length > 0 ? text : JSON.stringify(withoutPlaces(expr));
}

function withoutPlaces(expr: Expression): unknown {
  return JSON.parse(
    JSON.stringify(expr, (key, value: unknown) => {
      if (key === "from" || key === "to" || key === "inParentheses") return undefined;
      return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
    }),
  );
}
