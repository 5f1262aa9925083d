import type { Severity } from "./alarm-routing";

/** Name of the topic for alarms of a severity, by the first part of all names. */
export function topicNameOf(namePrefix: string, severity: Severity): string {
  return `${namePrefix}-${severity}`;
}

/** Name of the queue for what could not be delivered of a topic. */
export function deadLetterQueueNameOf(topicName: string): string {
  return `${topicName}-dlq`;
}

/** Name of the topic of the heartbeat, and of the rule that calls it. */
export function heartbeatNameOf(namePrefix: string): string {
  return `${namePrefix}-heartbeat`;
}
