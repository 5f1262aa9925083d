import type { Labels } from "../../metrics/promql-engine/series";
import type { FiredAlert } from "./alert-states";
import type { ReplayRule } from "./rules";

/** Which rule an alert is of. */
export interface RuleOfAlert {
  /** Name of the file, without its folder. */
  readonly file: string;
  readonly group: string;
  readonly alert: string;
}

/** An alert, from when its condition held first to its end. All times are milliseconds of Unix time. */
export interface Firing {
  readonly rule: RuleOfAlert;
  /** As Prometheus sends them, `alertname` and external labels among them. */
  readonly labels: Labels;
  /** Annotations as the rule writes them: templates. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Labels of the series that the expression gave, for these templates. */
  readonly seriesLabels: Labels;
  /** The evaluation at which the condition held first. */
  readonly activeAt: number;
  /** The evaluation at which it began to fire. */
  readonly firedAt: number;
  /** The evaluation at which it ended. Undefined where it fires at the end of what is replayed. */
  readonly resolvedAt: number | undefined;
  /** Time between two evaluations. */
  readonly interval: number;
  /** What the expression gave at an evaluation; of one at which it gave nothing, what it gave last. */
  readonly valueAt: (time: number) => number;
}

/**
 * An alert that has fired, with its rule.
 * @param external labels of all that leaves Prometheus: they are added where an alert has none of that name
 */
export function firingOf(
  { group, name, annotations }: ReplayRule,
  alert: FiredAlert,
  external: Labels,
): Firing {
  const { labels, seriesLabels, activeAt, firedAt, resolvedAt, changes } = alert;
  return {
    rule: { file: group.file, group: group.name, alert: name },
    labels: { ...external, ...labels },
    annotations,
    seriesLabels,
    activeAt,
    firedAt,
    resolvedAt,
    interval: group.interval,
    valueAt: (time) => changes.values[lastUpTo(changes.times, time)] ?? NaN,
  };
}

/** The place of the last of some ascending times that is not after a time; the first where all are after it. */
function lastUpTo(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle;
    else high = middle;
  }
  return low;
}
