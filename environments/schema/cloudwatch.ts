import { z } from "zod";
import {
  emailAddress,
  httpsUrl,
  list,
  percent,
  secretName,
  text,
  textThat,
  wholeNumber,
} from "../../schema/primitives";

/** What CloudWatch makes of a period without data (`TreatMissingData`). */
const missingData = z.enum(["breaching", "notBreaching", "ignore", "missing"]);

/** Seconds of one evaluation period. The metrics have one point a minute at the most. */
const periodAllowed = "a multiple of 60 seconds, from 60 to 3600";
const periodSeconds = z.number({ error: periodAllowed }).refine(isPeriod, { error: periodAllowed });

function isPeriod(value: number): boolean {
  return value >= 60 && value <= 3600 && value % 60 === 0;
}

const evaluation = {
  /** Length of one period, in seconds. */
  periodSeconds,
  /** How many periods in a row must be over the threshold; the whole window is at most one day. */
  evaluationPeriods: wholeNumber(1, 100),
  /** What a period without data means. An outage is a gap, so this has no default. */
  missingData,
};

/** Which machines the EC2 and agent alarms and graphs are about. */
const target = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("instances"),
    /** Ids of 1 to 10 instances: an alarm reads at most ten metrics. */
    instanceIds: list(
      text(/^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/, `an instance's id such as "i-0123456789abcdef0"`),
      1,
      10,
    ),
  }),
  z.strictObject({
    kind: z.literal("auto-scaling-group"),
    /** Name of the Auto Scaling group. */
    name: text(
      /^[\x21-\x39\x3b-\x7e](?:[\x20-\x39\x3b-\x7e]{0,253}[\x21-\x39\x3b-\x7e])?$/,
      "an Auto Scaling group's name: 1 to 255 printable characters, no colon",
    ),
  }),
  z.strictObject({ kind: z.literal("fleet") }),
]);

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
    queueArn: text(
      /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/,
      `the ARN of a standard queue such as "arn:aws:sqs:eu-central-1:123456789012:alarms"`,
    ),
  }),
]);

/** The days for which CloudWatch Logs can keep log lines. */
const retentionDays = z.literal([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);

/** What the cloudwatch stack watches, its thresholds, and whom it tells. */
export const cloudWatchSchema = z.strictObject({
  target,
  /** Whether the machines have detailed monitoring: one point a minute instead of one in five. */
  detailedMonitoring: z.boolean(),
  alarms: z.strictObject({
    /** Mean CPU utilisation of a machine above a share. */
    highCpu: z.strictObject({ thresholdPercent: percent, ...evaluation }),
    /** A status check of a machine has failed. */
    statusCheckFailed: z.strictObject(evaluation),
    /** More error lines in the log group than `count` in a period. */
    errorLines: z.strictObject({ count: wholeNumber(0, 1_000_000), ...evaluation }),
  }),
  /** Alarms on the CloudWatch agent's metrics. Default: none, for machines on which no agent runs. */
  agent: z
    .strictObject({
      /** Namespace in which the agent publishes. Default `CWAgent`. */
      namespace: text(
        /^(?!AWS\/|:)[A-Za-z0-9._/#:-]{1,255}$/,
        `a namespace of letters, digits and . - _ / # : that starts neither with "AWS/" nor with a colon`,
      ).default("CWAgent"),
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
    errorPattern: textThat(
      (value) => value.length >= 1 && value.length <= 1024,
      "a filter pattern of 1 to 1024 characters",
    ).default("{ $.level >= 50 }"),
  }),
  /** Who is told of alarms, by severity of the alarm. */
  subscriptions: z.strictObject({
    critical: list(subscription, 0, 100),
    warning: list(subscription, 0, 100),
  }),
});
