import { z } from "zod";
import {
  agentNamespace,
  evaluation,
  filterPattern,
  metricTarget,
  ownNamespace,
  queueArn,
  retentionDays,
} from "../../constructs/cloudwatch/settings";
import type { Severity } from "../../constructs/cloudwatch/alarm-routing";
import { emailAddress, httpsUrl, list, secretName } from "../../schema/primitives";
import { agentSettings, alarmEntries } from "./cloudwatch-alarms";

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
  /** The alarms, each by the name of its kind (`constructs/cloudwatch/alarm-kinds.ts`). */
  alarms: z.strictObject(alarmEntries),
  /** Alarms on the CloudWatch agent's metrics. Default: none, for machines on which no agent runs. */
  agent: z
    .strictObject({
      /** Namespace in which the agent publishes. Default `CWAgent`. */
      namespace: ownNamespace.default(agentNamespace),
      ...agentSettings,
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
