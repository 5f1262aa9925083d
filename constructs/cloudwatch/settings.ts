import { z } from "zod";
import { list, text, textThat, wholeNumber } from "../../schema/primitives";

/** What CloudWatch makes of a period without data (`TreatMissingData`). */
export const missingData = z.enum(["breaching", "notBreaching", "ignore", "missing"]);

/** Id of an EC2 instance. */
export const instanceId = text(
  /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/,
  `an instance's id such as "i-0123456789abcdef0"`,
);

/** Name of an Auto Scaling group. */
export const autoScalingGroupName = text(
  /^[\x21-\x39\x3b-\x7e](?:[\x20-\x39\x3b-\x7e]{0,253}[\x21-\x39\x3b-\x7e])?$/,
  "an Auto Scaling group's name: 1 to 255 printable characters, no colon",
);

/** Name of a policy of IAM. */
export const policyName = text(/^[A-Za-z0-9+=,.@_-]{1,128}$/, "1 to 128 letters, digits and + = , . @ _ -");

/** Metrics that one alarm can read. */
export const mostAlarmMetrics = 10;

/** Which machines alarms and graphs are about: `MetricTarget`. */
export const metricTarget = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("instances"),
    /** Ids of instances, of each of which an alarm reads a metric. */
    instanceIds: list(instanceId, 1, mostAlarmMetrics),
  }),
  z.strictObject({ kind: z.literal("auto-scaling-group"), name: autoScalingGroupName }),
  z.strictObject({ kind: z.literal("fleet") }),
]);

/** Namespace in which metrics of one's own can be published. */
export const ownNamespace = text(
  /^(?!AWS\/|:)[A-Za-z0-9._/#:-]{1,255}$/,
  `a namespace of 1 to 255 letters, digits and . - _ / # : that starts neither with "AWS/" nor with a colon`,
);

/** Namespace in which the CloudWatch agent publishes unless it is told another. */
export const agentNamespace = "CWAgent";

/** ARN of a standard queue of SQS. */
export const queueArn = text(
  /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/,
  `the ARN of a standard queue such as "arn:aws:sqs:eu-central-1:123456789012:alarms"`,
);

/** Name of a standard queue of SQS. */
export const queueName = text(/^[A-Za-z0-9_-]{1,80}$/, "1 to 80 letters, digits, - and _");

/** Whether what could not be delivered to a subscription is kept in a dead-letter queue: a mail is not. */
export function leavesDeadLetters({ protocol }: { readonly protocol: string }): boolean {
  return protocol !== "email";
}

/** Longest name of a rule of EventBridge. */
export const longestHeartbeatName = 64;

/** Name of a heartbeat's topic and of its rule. */
export const heartbeatName = text(
  new RegExp(`^[A-Za-z0-9_-]{1,${String(longestHeartbeatName)}}$`),
  `1 to ${String(longestHeartbeatName)} letters, digits, - and _`,
);

/** Minutes between two heartbeats. */
export const heartbeatMinutes = wholeNumber(1, 60);

/** The days for which CloudWatch Logs can keep log lines. */
export const retentionDays = z.literal([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);

/** A filter pattern of CloudWatch Logs. */
export const filterPattern = textThat(
  (value) => value.length >= 1 && value.length <= 1024,
  "a filter pattern of 1 to 1024 characters",
);

/** How many of the latest periods of an alarm count. CloudWatch limits the window that they make, not their number. */
export const evaluationPeriods = wholeNumber(1);

/** Seconds of one period of an alarm of an environment, from `min` on, which is 60 or more. */
export function periodFrom(min: number) {
  const error = `a multiple of 60 seconds, from ${String(min)} to 3600`;
  return z.number({ error }).refine((value) => value >= min && value <= 3600 && value % 60 === 0, { error });
}

/** What an environment says of how an alarm is evaluated, unless its kind has schemas of its own for that. */
export const evaluation = {
  /** Length of one period, in seconds. */
  periodSeconds: periodFrom(60),
  /** How many periods in a row must be over the threshold; the whole window is at most a day, or a week of hours. */
  evaluationPeriods,
  /** What a period without data means. An outage is a gap, so this has no default. */
  missingData,
};

const hour = 3600;
const day = 24 * hour;

/** How far back an alarm can look. */
export interface EvaluationWindow {
  /** periodSeconds x evaluationPeriods at the most. */
  readonly seconds: number;
  /** What is allowed, in words. */
  readonly allowed: string;
}

/**
 * How far back an alarm can look: CloudWatch evaluates a week of periods from one hour on, and a day of shorter ones.
 * @param isQuery whether a Metrics Insights query says what is watched
 */
export function longestWindow(isQuery: boolean, periodSeconds: number): EvaluationWindow {
  if (isQuery) return window(3 * hour, "the three hours that a Metrics Insights alarm sees");
  return periodSeconds < hour ? window(day, "one day") : window(7 * day, "seven days");
}

function window(seconds: number, words: string): EvaluationWindow {
  return { seconds, allowed: `at most ${String(seconds)} seconds, ${words}` };
}

/** Seconds between two samples of EC2 where a machine has no detailed monitoring: no period can be shorter. */
export const basicMonitoringSeconds = 300;

/** Which periods an alarm on EC2's samples may have without detailed monitoring, in words. */
export const basicMonitoringAllowed = `at least ${String(basicMonitoringSeconds)} without detailedMonitoring: EC2 then reports once in five minutes`;
