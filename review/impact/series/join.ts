import type { Binary } from "../../../metrics/promql-analysis";
import { only, shared, valuesOf, withLabel, without, type PossibleSeries, type Values } from "./possible";

/** How the series of two operands find one another. */
export type Matching = Pick<Binary, "op" | "on" | "ignoring" | "groupLeft" | "groupRight">;

/** That of an operation. */
export function matchingOf({ op, on, ignoring, groupLeft, groupRight }: Matching): Matching {
  return {
    op,
    ...(on && { on }),
    ...(ignoring && { ignoring }),
    ...(groupLeft && { groupLeft }),
    ...(groupRight && { groupRight }),
  };
}

/** The series that two may give together; undefined where their labels can never match. */
export function joined(
  left: PossibleSeries,
  right: PossibleSeries,
  matching: Matching,
): PossibleSeries | undefined {
  const { op, on, ignoring = [], groupLeft, groupRight } = matching;
  const named = [...new Set([...left.labels.keys(), ...right.labels.keys()])];
  const compared = on ?? named.filter((label) => !ignoring.includes(label));
  const both = new Map<string, Values>();
  for (const label of compared) {
    const values = shared(valuesOf(left, label), valuesOf(right, label));
    if (values === undefined) return undefined;
    both.set(label, values);
  }
  const [many, one] = groupRight === undefined ? [left, right] : [right, left];
  let series = many;
  for (const [label, values] of both) series = withLabel(series, label, values);
  if (op === "and") return series;
  const added = groupLeft ?? groupRight;
  if (added !== undefined) {
    for (const label of added) series = withLabel(series, label, valuesOf(one, label));
    return series;
  }
  return on === undefined ? without(series, ignoring) : only(series, on);
}
