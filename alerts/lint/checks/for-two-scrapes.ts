import { nodesOf, type Expression } from "../../../metrics/promql-analysis";
import { isWatchdog, type Check, type CheckContext } from "../rule";

/** An alert waits for two scrapes: one that failed, or one odd sample, is no fault. */
export const forTwoScrapes: Check = {
  name: "for-two-scrapes",
  summary: "An alert holds for two scrapes, by its `for` or by the ranges that it reads.",
  check(rule, context) {
    const enough = 2 * context.scrapeSeconds;
    if (rule.kind === "record" || isWatchdog(rule) || rule.forSeconds >= enough) return [];
    if (rule.expr === undefined || looksBack(rule.expr, enough, context)) return [];
    return [
      `The alert waits for ${String(rule.forSeconds)} s: set "for" to at least two scrapes, ${String(enough)} s.`,
    ];
  },
};

/** Whether all that an expression reads is over two scrapes or more: then no single sample makes it hold. */
function looksBack(expr: Expression, seconds: number, { index }: CheckContext): boolean {
  const selectors = nodesOf(expr, "selector");
  const subqueries = nodesOf(expr, "subquery").filter(({ range }) => (range.seconds ?? seconds) >= seconds);
  const within = new Set(subqueries.flatMap(({ expr: inner }) => nodesOf(inner, "selector")));
  return (
    selectors.length > 0 &&
    selectors.every(
      (selector) =>
        within.has(selector) ||
        (selector.range === undefined
          ? index.recordersOf(selector.name).length > 0
          : (selector.range.seconds ?? seconds) >= seconds),
    )
  );
}
