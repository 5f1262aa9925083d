import { countOf, type Evaluated, type Steps } from "../../metrics/promql-engine";
import { relabelled } from "./missed-evaluation";
import type { ReplayRule } from "./rules";

/** Evaluations that follow one another, with what they gave. */
export interface Part {
  readonly steps: Steps;
  readonly columns: readonly Evaluated[];
}

/**
 * What a recording rule gave without the evaluations at which it gave more series than its group's limit: Prometheus lets
 * these fail, so that what was there before stays as it is  (`RecordingRule.Eval` of its package rules).
 * @throws DuplicateError where two series get the same labels at a time
 */
export function partsWithin(
  rule: Pick<ReplayRule, "name" | "labels"> & { readonly group: Pick<ReplayRule["group"], "limit"> },
  steps: Steps,
  columns: readonly Evaluated[],
): readonly Part[] {
  relabelled(rule, columns, steps, (labels) => ({ ...labels, ...rule.labels, __name__: rule.name }));
  const { limit } = rule.group;
  const count = countOf(steps);
  const parts: Part[] = [];
  let from = 0;
  for (let index = 0; index <= count; index += 1) {
    const isWithin =
      index < count && columns.reduce((sum, { present }) => sum + (present[index] ?? 0), 0) <= limit;
    if (isWithin) continue;
    if (index > from) parts.push(partOf(steps, columns, from, index));
    from = index + 1;
  }
  return parts;
}

/** @param to the first place that is not in it */
function partOf({ from: start, step }: Steps, columns: readonly Evaluated[], from: number, to: number): Part {
  return {
    steps: { from: start + from * step, to: start + (to - 1) * step, step },
    columns: columns.map(({ labels, values, present }) => ({
      labels,
      values: values.subarray(from, to),
      present: present.subarray(from, to),
    })),
  };
}
