import type { AlertIds, LogEntry } from "./notification-log";
import type { Reason } from "./notification";

/**
 * Why a group is told to an integration now; undefined where it is not (`notify/dedup_stage.go` of Alertmanager).
 * @param entry what was told last; undefined where nothing is remembered
 * @param repeatInterval milliseconds
 */
export function reasonToTell(
  entry: LogEntry | undefined,
  firing: AlertIds,
  resolved: AlertIds,
  { sendResolved, repeatInterval, time }: { sendResolved: boolean; repeatInterval: number; time: number },
): Reason | undefined {
  if (entry === undefined) return firing.size > 0 ? "first" : undefined;
  if (!isSubset(firing, entry.firing)) return entry.firing.size === 0 ? "first" : "more alerts";
  if (firing.size === 0) return entry.firing.size > 0 ? "resolved" : undefined;
  if (sendResolved && !isSubset(resolved, entry.resolved)) return "some resolved";
  // As an entry has the time at which the delivery ended, a repeat that is due at a flush comes at the next one.
  return entry.time < time - repeatInterval ? "repeated" : undefined;
}

function isSubset(some: AlertIds, all: AlertIds): boolean {
  if (some === all) return true;
  if (some.size > all.size) return false;
  for (const each of some) if (!all.has(each)) return false;
  return true;
}
