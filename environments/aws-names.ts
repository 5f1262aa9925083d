import type { Severity } from "../constructs/cloudwatch/alarm-routing";

/** What the names are made of. */
interface Named {
  readonly project: string;
  readonly name: string;
}

/** First part of the names of what an environment has in AWS. */
export function namePrefixOf({ project, name }: Named): string {
  return `${project}-${name}`;
}

/** Name of the topic for alarms of a severity. */
export function topicNameOf(environment: Named, severity: Severity): string {
  return `${namePrefixOf(environment)}-${severity}`;
}

/** Name of the queue for what could not be delivered of a topic. */
export function deadLetterQueueNameOf(environment: Named, severity: Severity): string {
  return `${topicNameOf(environment, severity)}-dlq`;
}

/** Name of the log group of the services' lines. */
export function logGroupNameOf({ project, name }: Named): string {
  return `/${project}/${name}/services`;
}
