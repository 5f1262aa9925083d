import type { Place } from "../promql-analysis";

/** Why an expression has no value: Prometheus refuses it, too, or this engine does not know what stands there. */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";

  /**
   * @param reason what is wrong, in Prometheus's words where it says the same
   * @param place which part of the expression
   * @param time milliseconds; undefined where it is wrong at any time
   * @param text the text of this part, where it is known
   */
  constructor(
    readonly reason: string,
    readonly place: Place,
    readonly time: number | undefined,
    readonly text: string | undefined,
  ) {
    const where = text === undefined ? "" : `${text}: `;
    const when = time === undefined ? "" : ` (at ${new Date(time).toISOString()})`;
    super(`${where}${reason}${when}`);
  }
}

/** Ends an evaluation: what is wrong, and at which step of it. */
export type Fail = (reason: string, step?: number) => never;
