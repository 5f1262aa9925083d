import { EvaluationError, keyOf, type Evaluated, type Labels, type Steps } from "../../metrics/promql-engine";
import { RequestError } from "../../operations/clients/json-client";

/** Two series that become one: Prometheus lets the whole evaluation of the rule fail. */
export class DuplicateError extends Error {
  override readonly name = "DuplicateError";

  /** @param time of the evaluation, in milliseconds */
  constructor(
    rule: string,
    what: string,
    readonly time: number,
  ) {
    super(
      `${rule}: two series give the same ${what}, which Prometheus refuses: "vector contains metrics with the same labelset after applying ${what === "alert" ? "alert" : "rule"} labels"`,
    );
  }
}

/**
 * What an error of an evaluation at several times says: one of them fails, at a time that may be known, and the others may not;
 * the rule fails at any time; or the past does not answer.
 */
export type Failure =
  | { readonly kind: "at a time"; readonly time: number | undefined }
  | { readonly kind: "at any time" }
  | { readonly kind: "no answer" };

/** Reads an error of an evaluation. */
export function failureOf(error: unknown): Failure {
  if (error instanceof DuplicateError) return { kind: "at a time", time: error.time };
  if (error instanceof EvaluationError) {
    return error.time === undefined ? { kind: "at any time" } : { kind: "at a time", time: error.time };
  }
  if (!(error instanceof RequestError)) return { kind: "at any time" };
  // 422: it understands the question, and its evaluation fails at one of the times; 400: it does not understand it.
  if (error.status === 422) return { kind: "at a time", time: undefined };
  return error.status === 400 ? { kind: "at any time" } : { kind: "no answer" };
}

/**
 * What is left of some times without one that fails: those before it and those after it, or two halves where it is not known
 * which one it is. Nothing is left of a single one.
 */
export function withoutFailing({ from, to, step }: Steps, time: number | undefined): readonly Steps[] {
  const count = Math.floor((to - from) / step) + 1;
  if (count <= 1) return [];
  const place = time === undefined ? -1 : (time - from) / step;
  if (Number.isInteger(place) && place >= 0 && place < count) {
    const parts = [
      { from, to: from + (place - 1) * step, step },
      { from: from + (place + 1) * step, to, step },
    ];
    return parts.filter((part) => part.to >= part.from);
  }
  const middle = from + (Math.ceil(count / 2) - 1) * step;
  return [
    { from, to: middle, step },
    { from: middle + step, to, step },
  ];
}

/**
 * Columns with the labels that a rule gives them, those that get the same put together.
 * @throws DuplicateError for two that have something at the same time
 */
export function relabelled(
  rule: Readonly<{ name: string }>,
  columns: readonly Evaluated[],
  { from, step }: Steps,
  labelsOf: (series: Labels) => Labels,
): readonly Evaluated[] {
  const byKey = new Map<string, Evaluated>();
  for (const column of columns) {
    const labels = labelsOf(column.labels);
    const known = byKey.get(keyOf(labels));
    if (known === undefined) {
      byKey.set(keyOf(labels), { ...column, labels });
      continue;
    }
    const [values, present] = [known.values.slice(), known.present.slice()];
    for (const [index, isThere] of column.present.entries()) {
      if (isThere !== 1) continue;
      if (present[index] === 1) throw new DuplicateError(rule.name, "record", from + index * step);
      present[index] = 1;
      values[index] = column.values[index] ?? NaN;
    }
    byKey.set(keyOf(labels), { labels, values, present });
  }
  return [...byKey.values()];
}
