import { z } from "zod";
import {
  agentNamespace,
  errorLineCount,
  evaluationPeriods,
  filterPattern,
  metricTarget,
  missingData,
  ownNamespace,
  queueArn,
  retentionDays,
} from "../../constructs/cloudwatch/settings";
import type { Severity } from "../../constructs/cloudwatch/alarm-routing";
import { emailAddress, httpsUrl, list, percent, secretName } from "../../schema/primitives";

/** Seconds of one evaluation period. The metrics have one point a minute at the most. */
const periodAllowed = "a multiple of 60 seconds, from 60 to 3600";
const periodSeconds = z.number({ error: periodAllowed }).refine(isPeriod, { error: periodAllowed });

function isPeriod(value: number): boolean {
  return value >= 60 && value <= 3600 && value % 60 === 0;
}

const evaluation = {
  /** Length of one period, in seconds. */
  periodSeconds,
  /** How many periods in a row must be over the threshold; the whole window is at most a day, or a week of hours. */
  evaluationPeriods,
  /** What a period without data means. An outage is a gap, so this has no default. */
  missingData,
};

/** Where notifications of one severity go, besides the topic. */
const subscription = z.discriminatedUnion("protocol", [
  z.strictObject({ protocol: z.literal("email"), address: emailAddress }),
  z.strictObject({
    protocol: z.literal("https"),
    /** A URL, or the name of the sensitive Terraform variable that holds it where the URL is a secret. */
    endpoint: z.union([httpsUrl, z.strictObject({ secret: secretName })], {
      error: `an https:// URL, or { secret: "<variable>" } for a URL that is a secret`,
    }),
  }),
  z.strictObject({
    protocol: z.literal("sqs"),
    queueArn,
  }),
]);

/** What the cloudwatch stack watches, its thresholds, and whom it tells. */
export const cloudWatchSchema = z.strictObject({
  /** Which machines the EC2 and agent alarms and graphs are about. */
  target: metricTarget,
  /** Whether the machines have detailed monitoring: one point a minute instead of one in five. */
  detailedMonitoring: z.boolean(),
  alarms: z.strictObject({
    /** Mean CPU utilisation of a machine above a share. */
    highCpu: z.strictObject({ thresholdPercent: percent, ...evaluation }),
    /** A status check of a machine has failed. */
    statusCheckFailed: z.strictObject(evaluation),
    /** More error lines in the log group than `count` in a period. */
    errorLines: z.strictObject({ count: errorLineCount, ...evaluation }),
  }),
  /** Alarms on the CloudWatch agent's metrics. Default: none, for machines on which no agent runs. */
  agent: z
    .strictObject({
      /** Namespace in which the agent publishes. Default `CWAgent`. */
      namespace: ownNamespace.default(agentNamespace),
      /** Used share of the fullest file system, in percent. */
      diskUsedPercent: percent,
      /** Used share of the memory, in percent. */
      memoryUsedPercent: percent,
      ...evaluation,
    })
    .optional(),
  logs: z.strictObject({
    /** Days for which log lines are kept. */
    retentionDays,
    /**
     * Filter pattern that an error line matches. Default: a JSON line with `level` 50 (error) or above, as pino
     * writes it.
     */
    errorPattern: filterPattern.default("{ $.level >= 50 }"),
  }),
  /** Who is told of alarms, by severity of the alarm. */
  subscriptions: z.strictObject({
    critical: list(subscription, 0, 100),
    warning: list(subscription, 0, 100),
  } satisfies Record<Severity, z.ZodType>),
});
