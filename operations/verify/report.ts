import type { NamedFinding } from "../checks/check";
import type { DrillResult } from "./drill/results";

/** What `npm run verify -- --json` prints. */
export interface VerifyReport {
  /** The environment, or `demo`. */
  readonly name: string;
  /** How long the checks took. */
  readonly seconds: number;
  readonly findings: readonly NamedFinding[];
  /** Whom the drill's alerts reached; absent without one. */
  readonly drill?: readonly DrillResult[];
}

/** Whether something must be mended. */
export function hasHole(findings: readonly NamedFinding[]): boolean {
  return findings.some(({ status }) => status === "problem");
}
