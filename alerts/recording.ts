import type { AnyRecorded } from "../metrics/promql";
import type { RecordingRule } from "./rule";

/** Rules that record series, in the order given. */
export function recordingRules(...series: readonly AnyRecorded[]): RecordingRule[] {
  return series.map(({ name, expr }) => ({ record: name, expr }));
}
