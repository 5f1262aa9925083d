import type { Sample, Vector } from "./vector";

/** Name of a recording rule: the labels that are left, the metric, the operations, as the field writes it. */
export type RecordedName = `${string}:${string}:${string}`;

/** A recording rule: a name for what an expression gives, with its labels and kind of samples. */
export interface Recorded<L extends string, T extends Sample = "gauge"> {
  readonly name: RecordedName;
  readonly expr: Vector<L, T>;
}

const pattern = /^[a-zA-Z_][a-zA-Z0-9_]*:[a-zA-Z_][a-zA-Z0-9_]*:[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * A recording rule. Pass it to `select` to query what it records.
 * @param name `level:metric:operation`, such as `service:http_requests:rate5m`.
 * @throws Error when the name is not of that form.
 */
export function recorded<L extends string, T extends Sample>(
  name: RecordedName,
  expr: Vector<L, T>,
): Recorded<L, T> {
  if (!pattern.test(name))
    throw new Error(`"${name}" is no name of a recording rule: write level:metric:operation.`);
  return { name, expr };
}

/** Series that several recording rules write under one name, told apart by their labels. */
export interface RecordedSeries<L extends string> {
  readonly name: RecordedName;
  /** All labels of the series. */
  readonly labels: readonly L[];
}

/**
 * Series that several recording rules write. Pass it to `select` to query them.
 * @throws Error when the name is not `level:metric:operation`.
 */
export function recordedSeries<const L extends string>(
  name: RecordedName,
  labels: readonly L[],
): RecordedSeries<L> {
  if (!pattern.test(name))
    throw new Error(`"${name}" is no name of a recording rule: write level:metric:operation.`);
  return { name, labels };
}
