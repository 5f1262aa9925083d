import type { Dashboard, Panel } from "./dashboard";

/** What a rule found. */
export interface Problem {
  /** The panel that it is about; undefined where it is the dashboard. */
  readonly panel: Panel | undefined;
  /** What is wrong, and what is wanted. */
  readonly message: string;
}

/** One thing that must be true of a dashboard. */
export interface Rule {
  /** Name in findings, such as `rate-interval`. */
  readonly name: string;
  /** What it wants, in a sentence. */
  readonly summary: string;
  /** All that is against the rule; empty for a sound dashboard. */
  check(dashboard: Dashboard): Problem[];
}
