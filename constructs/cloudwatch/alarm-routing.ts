/** How bad it is: `critical` wakes somebody, `warning` is read in working hours. */
export type Severity = "critical" | "warning";

/** Decides where alarms of a severity go. `AlarmTopics` is one; your own needs this method only. */
export interface AlarmRouting {
  /**
   * ARNs (of SNS topics, at most five) that are told when an alarm of this severity goes into ALARM and when it
   * is OK again.
   */
  actionsFor(severity: Severity): readonly string[];
}
