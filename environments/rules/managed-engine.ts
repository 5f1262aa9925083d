import { z } from "zod";
import { managedWayOf } from "../../alerts/managed/definition";
import { receiverSchema, type ReceiverSettings } from "../../alerts/receivers";
import { queueName } from "../../constructs/cloudwatch/settings";
import { deadLetterQueueNameOf } from "../../constructs/cloudwatch/topic-names";
import { durationMs } from "../../schema/primitives";
import { alertTopicNameOf, chatRoleNameOf } from "../managed-names";
import { problem } from "./alerting-parts";
import { type Problem, type Rule, rule, valueAt } from "./rule";

const managedEngine = z.looseObject({ kind: z.literal("amazon-managed-prometheus") });

/** Whether what stands in `prometheus.engine` is a workspace. */
export function isManaged(engine: unknown): boolean {
  return managedEngine.safeParse(engine, { jitless: true }).success;
}

/** A rule that holds where the engine is a workspace alone. */
function whereManaged(of: Rule): Rule {
  return (raw) => (isManaged(valueAt(raw, ["prometheus", "engine"])) ? of(raw) : []);
}

const receivers = z.looseObject({ alerting: z.looseObject({ receivers: z.array(z.unknown()) }) });

/** The receivers that are right by themselves, each with its place. */
function rightReceivers(all: readonly unknown[]): readonly (readonly [number, ReceiverSettings])[] {
  return all.flatMap((each, index) => {
    const { data } = receiverSchema.safeParse(each, { jitless: true });
    return data ? [[index, data] as const] : [];
  });
}

/** A workspace's Alertmanager speaks to SNS and PagerDuty alone, so that some receivers must say more, and some cannot be. */
const receiversCanBeTold = whereManaged(
  rule(receivers, ({ alerting }) =>
    rightReceivers(alerting.receivers).flatMap(([index, receiver]): Problem[] => {
      const managed = managedWayOf(receiver);
      if (managed.way === "none") {
        return [
          problem(
            ["receivers", index, "kind"],
            receiver.kind,
            `${managed.instead}: Amazon Managed Prometheus tells SNS and PagerDuty alone`,
          ),
        ];
      }
      const readers = managed.way === "topic" ? managed.readers(receiver as never) : undefined;
      return readers?.kind === "unsaid"
        ? [
            problem(
              ["receivers", index, readers.setting],
              undefined,
              `${readers.allowed}, the ids by which Amazon Q Developer in chat applications writes to the channel for ` +
                `Amazon Managed Prometheus`,
            ),
          ]
        : [];
    }),
  ),
);

const named = receivers.extend({ project: z.string(), name: z.string() });
/** The longest name of a role. */
const longestRole = 64;

/** The names of queues and roles are made of those of the project, the environment and the receiver. */
const namesFit = whereManaged(
  rule(named, (environment) =>
    rightReceivers(environment.alerting.receivers).flatMap(([index, receiver]): Problem[] => {
      const managed = managedWayOf(receiver);
      if (managed.way !== "topic") return [];
      const readers = managed.readers(receiver as never);
      const queue = deadLetterQueueNameOf(alertTopicNameOf(environment, receiver.name));
      const role = chatRoleNameOf(environment);
      const hasQueue = (readers.kind === "url" || readers.kind === "queue") && receiver.kind !== "heartbeat";
      if (hasQueue && !queueName.safeParse(queue).success) {
        return [
          problem(
            ["receivers", index, "name"],
            receiver.name,
            `a shorter name, or a shorter project: the queue for what is not delivered would be called "${queue}"`,
          ),
        ];
      }
      return (readers.kind === "slack" || readers.kind === "teams") && role.length > longestRole
        ? [
            {
              path: ["project"],
              found: `"${environment.project}"`,
              allowed: `a shorter name: the role of chat channels would be called "${role}", of at most ${String(longestRole)} characters`,
            },
          ]
        : [];
    }),
  ),
);

const inbox = z.looseObject({ alerting: z.looseObject({ inbox: z.string() }) });
const noInbox = whereManaged(
  rule(inbox, ({ alerting }) => [
    problem(["inbox"], alerting.inbox, "nothing: a workspace of Amazon Managed Prometheus reaches no inbox"),
  ]),
);

/** https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-config.html, November 2026. */
const longestRepeatDays = 5;
const repeating = z.looseObject({
  alerting: z.looseObject({
    routes: z.array(
      z
        .looseObject({ repeatInterval: z.string().optional().catch(undefined) })
        .catch({ repeatInterval: undefined }),
    ),
  }),
});
const repeatsInTime = whereManaged(
  rule(repeating, ({ alerting: { routes } }) =>
    routes.flatMap(({ repeatInterval }, index) =>
      repeatInterval !== undefined && durationMs(repeatInterval) > longestRepeatDays * 24 * 3_600_000
        ? [
            problem(
              ["routes", index, "repeatInterval"],
              repeatInterval,
              `a duration of at most ${String(longestRepeatDays)}d: Amazon Managed Prometheus repeats what still fires by then`,
            ),
          ]
        : [],
    ),
  ),
);

/** Rules of an environment whose engine is a workspace of Amazon Managed Service for Prometheus. */
export const managedEngineRules: readonly Rule[] = [receiversCanBeTold, namesFit, noInbox, repeatsInTime];
