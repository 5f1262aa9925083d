import { report } from "../problems";
import { vectorOperand, anySample } from "./operand";
import type { Query, Sample, Vector } from "./vector";

/** Name of a recording rule: the labels that are left, the metric, the operations, as the field writes it. */
export type RecordedName = `${string}:${string}:${string}`;

/** A recording rule: a name for what an expression gives, with its labels and kind of samples. */
export interface Recorded<L extends string, T extends Sample = "gauge"> {
  readonly name: RecordedName;
  readonly expr: Vector<L, T>;
}

/** A recording rule of any labels and samples. */
export interface AnyRecorded {
  readonly name: RecordedName;
  readonly expr: Query;
}

/** A name of a recording rule. */
export const recordedNamePattern = /^[a-zA-Z_][a-zA-Z0-9_]*:[a-zA-Z_][a-zA-Z0-9_]*:[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * A recording rule. Pass it to `select` to query what it records.
 * @param name `level:metric:operation`, such as `service:http_requests:rate5m`.
 */
export function recorded<L extends string, T extends Sample>(
  name: RecordedName,
  expr: Vector<L, T>,
): Recorded<L, T> {
  checkName("recorded", name);
  vectorOperand(`recorded(${name})`, expr, anySample);
  return { name, expr };
}

/** Series that several recording rules write under one name, told apart by their labels. */
export interface RecordedSeries<L extends string> {
  readonly name: RecordedName;
  /** All labels of the series. */
  readonly labels: readonly L[];
}

/** Series that several recording rules write. Pass it to `select` to query them. */
export function recordedSeries<const L extends string>(
  name: RecordedName,
  labels: readonly L[],
): RecordedSeries<L> {
  checkName("recordedSeries", name);
  return { name, labels };
}

function checkName(what: string, name: unknown): void {
  if (typeof name === "string" && recordedNamePattern.test(name)) return;
  report({ what, found: name, allowed: "level:metric:operation, such as service:http_requests:rate5m" });
}
