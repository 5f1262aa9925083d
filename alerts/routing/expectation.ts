import type { Labels } from "./matcher";

/** Alerts with these labels must reach these receivers, and no other. */
export interface Expectation {
  readonly alerts: Labels;
  readonly reach: readonly string[];
}
