import { replayRules } from "../../review/replay/rules";
import type { PastRecord } from "../../review/past/past";

/** What a past says of it where the recording rules of files have recorded it. */
export function pastRecords(ruleFiles: Readonly<Record<string, string>>): readonly PastRecord[] {
  return replayRules(ruleFiles, "1m")
    .filter(({ kind }) => kind === "record")
    .map(({ name, expr, labels }) => ({ name, expr: expr.text, labels }));
}
