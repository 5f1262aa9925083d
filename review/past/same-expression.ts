import { allNodesOf, type Expression, fingerprint, parse } from "../../metrics/promql-analysis";

/** Whether two texts of PromQL say the same, however they are written. */
export function saysTheSame(one: string, other: string): boolean {
  return one === other || meaningOf(one) === meaningOf(other);
}

/**
 * What an expression says, as a text: without places, spaces, comments and parentheses, with its durations in seconds, and with
 * matchers and lists of labels in one order. Of what the analysis does not take apart it is the text itself.
 */
export function meaningOf(text: string): string {
  const { expr, problems } = parse(text);
  return problems.length > 0 || isBeyondTree(text, expr) ? text : fingerprint(expr);
}

/** Whether the tree leaves something out: what fill() puts in, how a range is extended, a duration that a query decides. */
function isBeyondTree(text: string, expr: Expression): boolean {
  if (/\b(?:anchored|smoothed)\b/i.test(text)) return true;
  return allNodesOf(expr).some((node) => {
    if (node.kind === "unknown") return true;
    if (node.kind === "binary") return node.fills !== undefined;
    if (node.kind !== "selector" && node.kind !== "subquery") return false;
    const durations = [node.offset, node.range, node.kind === "subquery" ? node.step : undefined];
    return durations.some((duration) => duration !== undefined && duration.seconds === undefined);
  });
}
