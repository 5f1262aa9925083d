import type { Expression } from "../promql-analysis";
import { parse } from "../promql-analysis";
import { Columns } from "./columns";
import { EvaluationError } from "./error";
import { Evaluation } from "./evaluation";
import { readsAtBoundsWithin } from "./invariance";
import { countOf, type Evaluated, type Steps, type Storage } from "./series";
import { timeOf } from "./windows";

/**
 * What a part of an expression gives, where somebody else answers it, as a Prometheus does. It is asked from the
 * outside in, of each part that is an instant vector, at the times at which that is evaluated: those of subqueries are
 * other ones. Undefined: it is evaluated here. Of a part within a range of time, `@ start()` and `@ end()` mean those
 * of the whole evaluation.
 */
export type Resolve = (expr: Expression, steps: Steps) => Promise<readonly Evaluated[] | undefined>;

/** Where an evaluation finds what it reads, and what Prometheus's own settings are. */
export interface EngineOptions {
  readonly storage: Storage;
  /** How old a sample may be at most, less a millisecond. Milliseconds, default 300,000. */
  readonly lookback?: number;
  /** Interval of subqueries that name none; in Prometheus `global.evaluation_interval`. Milliseconds, default 60,000. */
  readonly subqueryStep?: number;
  readonly resolve?: Resolve;
  /**
   * Whether each time is a query by itself, as an evaluation of a rule is, in place of one query over a range. It
   * decides what `@ start()` and `@ end()` are, and whether two series may have the same labels at different times.
   * Default: false.
   */
  readonly instants?: boolean;
  /** The text of which the expression was read, for errors. */
  readonly text?: string;
}

/**
 * Evaluates PromQL as Prometheus 3.13 does (https://prometheus.io/docs/prometheus/latest/querying/basics/), over a range
 * of time, or at an instant where that has one step.
 * @returns series in no particular order, each with a value at one time at least; a number is a series without labels
 * @throws EvaluationError where Prometheus refuses it, or this does not know something in it
 */
export async function evaluate(
  expr: Expression,
  steps: Steps,
  options: EngineOptions,
): Promise<readonly Evaluated[]> {
  if (!(steps.step > 0)) throw new RangeError(`The step must be greater than 0, not ${String(steps.step)}.`);
  const count = countOf(steps);
  if (count === 0) return [];
  const { instants = false } = options;
  if (!instants) return new Evaluation(options, { start: steps.from, end: steps.to }).all(expr, steps);
  if (!readsAtBoundsWithin(expr)) return new Evaluation(options, undefined).all(expr, steps);
  return eachByItself(expr, steps, options);
}

/**
 * The same of a text.
 * @throws EvaluationError with what Prometheus refuses of it, too
 */
export async function evaluateText(
  text: string,
  steps: Steps,
  options: EngineOptions,
): Promise<readonly Evaluated[]> {
  const { expr, problems, features } = parse(text);
  const [problem] = problems;
  if (problem !== undefined) throw new EvaluationError(problem.message, problem, undefined, text);
  // The expression does not tell what these change.
  const unknown = features.find(({ feature }) => feature === "promql-extended-range-selectors");
  if (unknown !== undefined)
    throw new EvaluationError(`${unknown.what} is not supported`, unknown, undefined, text);
  return evaluate(expr, steps, { ...options, text });
}

async function eachByItself(expr: Expression, steps: Steps, options: EngineOptions) {
  const count = countOf(steps);
  const columns = new Columns(count, (reason, step) => {
    throw new EvaluationError(
      reason,
      expr,
      step === undefined ? undefined : timeOf(steps, step),
      options.text,
    );
  });
  for (let step = 0; step < count; step++) {
    const time = timeOf(steps, step);
    const at = { from: time, to: time, step: steps.step };
    for (const { labels, values } of await new Evaluation(options, { start: time, end: time }).all(
      expr,
      at,
    )) {
      columns.put(columns.of(labels), step, values[0] as number);
    }
  }
  return columns.all();
}
