import type { LabelAnalysis } from "../../metrics/promql-analysis";
import type { Dashboard, Panel } from "./dashboard";
import type { SeriesIndex } from "./series";

/** What a rule found. */
export interface Problem {
  /** The panel that it is about; undefined where it is the dashboard. */
  readonly panel: Panel | undefined;
  /** What is wrong, and what is wanted. */
  readonly message: string;
}

/** What rules know beside the dashboard. */
export interface RuleContext {
  /** The labels of expressions: by the catalogue where all metrics are of it, else by what queries make of them. */
  readonly labels: LabelAnalysis;
  /** The series of the system, or, of a dashboard of others, of what every system has. */
  readonly series: SeriesIndex;
}

/** One thing that must be true of a dashboard. */
export interface Rule {
  /** Name in findings, such as `rate-interval`. */
  readonly name: string;
  /** What it wants, in a sentence. */
  readonly summary: string;
  /** All that is against the rule; empty for a sound dashboard. */
  check(dashboard: Dashboard, context: RuleContext): Problem[];
}
