import { z } from "zod";
import {
  agentNamespace,
  evaluation,
  filterPattern,
  heartbeatMinutes,
  ownNamespace,
  queueArn,
  retentionDays,
} from "../../constructs/cloudwatch/settings";
import type { Severity } from "../../constructs/cloudwatch/alarm-routing";
import { emailAddress, httpsUrl, reason, secretName, textThat } from "../../schema/primitives";
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

const readersAllowed = 'a list of at most 100 subscriptions, or { nobody: "<why>" } where nobody is told';

/** Who reads the messages of a topic. */
const readers = z.union(
  [
    z.array(subscription, { error: readersAllowed }).max(100, { error: readersAllowed }),
    z.strictObject({
      /** Why nobody is told: the alarms are seen on the dashboard alone. */
      nobody: reason,
    }),
  ],
  { error: readersAllowed },
);

/** The alarms of CloudWatch on the machines (`machines.aws`), their thresholds, and whom they tell. */
export const cloudWatchSchema = z.strictObject({
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
  /**
   * A log group with the containers' lines, its latest lines on the dashboard, and alarms on them. Default: none.
   */
  logs: z
    .strictObject({
      /**
       * What sends the lines in place of the log shipper, in a few words that the dashboard shows: `awslogs driver of the
       * hosts`. Default: the log shipper, which the environment must have.
       */
      sentBy: textThat(
        (value) => value.trim() !== "" && value.length <= 60,
        "what sends the lines, in a text of 1 to 60 characters",
      ).optional(),
      /** Days for which log lines are kept. */
      retentionDays,
      /**
       * Filter pattern that an error line matches. Default: a JSON line with `level` 50 (error) or above, as pino
       * writes it.
       */
      errorPattern: filterPattern.default("{ $.level >= 50 }"),
    })
    .optional(),
  /**
   * Who is told of alarms besides the e-mail receivers of the alerts of the same severity (`alerting.routes`); `{ nobody:
   * "<why>" }` where nobody is, not even these. Default: the e-mail receivers alone.
   */
  subscriptions: z
    .strictObject({
      /** Of alarms that wake somebody. Default: the e-mail receivers of critical alerts alone. */
      critical: readers.default([]),
      /** Of alarms that can wait. Default: the e-mail receivers of warnings alone. */
      warning: readers.default([]),
    } satisfies Record<Severity, z.ZodType>)
    .prefault({}),
  /**
   * A call to a service outside, on the alarms' way out, which raises an alarm of its own when it hears nothing. Default:
   * none; then `noHeartbeat` says why.
   */
  heartbeat: z
    .strictObject({
      /** Name of the sensitive Terraform variable that holds the service's `https://` URL. */
      endpoint: z.strictObject({ secret: secretName }),
      /** Minutes between two calls. Default 5. */
      everyMinutes: heartbeatMinutes.default(5),
    })
    .optional(),
  /** Why there is no heartbeat. Default: there is one. */
  noHeartbeat: reason.optional(),
});
