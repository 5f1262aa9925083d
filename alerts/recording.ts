import { records } from "../metrics/recorded";
import type { RecordingRule } from "./rule";

type RecordKey = keyof typeof records;

/** Recording rules, in the order given. */
export function recordingRules(...keys: readonly RecordKey[]): RecordingRule[] {
  return keys.map((key) => ({ record: records[key].name, expr: records[key].expr }));
}
