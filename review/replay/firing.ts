import type { Labels } from "../../metrics/promql-engine/series";

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
