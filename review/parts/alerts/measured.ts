import type { Expression, Parsed } from "../../../metrics/promql-analysis";
import { countOf, evaluate, type Evaluated, MemoryStorage, type Steps } from "../../../metrics/promql-engine";
import type { Past } from "../../past/past";
import { mayRead, type ReplayRule, selectorsIn } from "../../replay/rules";

/** Rules that read one another deeper than this read themselves. */
const deepest = 8;

/**
 * What an expression gives at the few times of a curve. Of recorded series that the past lacks, what their rules give at these
 * times is taken; undefined where that says nothing, as of a range of them, or of alerts.
 * @param expression a part of a text, and the whole text
 * @param computed the rules whose series the past lacks
 */
export async function measuredAt(
  expression: Pick<Parsed, "text" | "expr">,
  steps: Steps,
  past: Past,
  computed: readonly ReplayRule[],
  depth = 0,
): Promise<readonly Evaluated[] | undefined> {
  const readers = (expr: Expression) =>
    computed.filter((rule) => selectorsIn({ expr }).some((selector) => mayRead(selector, rule)));
  const read = readers(expression.expr);
  const textOf = (expr: Expression) => expression.text.slice(expr.from, expr.to);
  if (read.length === 0) {
    return past.evaluate({ text: textOf(expression.expr), expr: expression.expr }, steps);
  }
  const isAtTimes = selectorsIn(expression).every(
    (selector) =>
      (selector.range === undefined && selector.offset === undefined && selector.at === undefined) ||
      !computed.some((rule) => mayRead(selector, rule)),
  );
  if (!isAtTimes || depth > deepest || read.some(({ kind }) => kind === "alert")) return undefined;
  const storage = new MemoryStorage();
  for (const rule of read) {
    const columns = await measuredAt(rule.expr, steps, past, computed, depth + 1);
    if (columns === undefined) return undefined;
    for (const column of columns) storage.add(seriesOf(rule, column, steps));
  }
  return evaluate(expression.expr, steps, {
    storage,
    // Each time sees what was recorded at it.
    lookback: 1,
    instants: true,
    text: expression.text,
    resolve: async (part, partSteps) => {
      if (selectorsIn({ expr: part }).length === 0 || readers(part).length > 0) return undefined;
      return past.evaluate({ text: textOf(part), expr: part }, partSteps);
    },
  });
}

function seriesOf({ name, labels }: ReplayRule, column: Evaluated, steps: Steps) {
  const there = Array.from({ length: countOf(steps) }, (_, index) => index).filter(
    (index) => column.present[index] === 1,
  );
  return {
    labels: { ...column.labels, ...labels, __name__: name },
    times: Float64Array.from(there, (index) => steps.from + index * steps.step),
    values: Float64Array.from(there, (index) => column.values[index] ?? NaN),
  };
}
