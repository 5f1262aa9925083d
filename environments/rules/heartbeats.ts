import { z } from "zod";
import { heartbeatNameOf } from "../../constructs/cloudwatch/topic-names";
import { longestHeartbeatName } from "../../constructs/cloudwatch/settings";
import { isHeartbeat, withReceivers } from "./alerting-parts";
import { type Path, type Problem, type Rule, rule } from "./rule";

/** Something that is there has no reason not to be; something that is not there has one. */
function eitherOr(isThere: boolean, isReasoned: boolean, missing: string, paths: [Path, Path]): Problem[] {
  const [path, reasonPath] = paths;
  if (isThere && isReasoned) {
    return [{ path: reasonPath, found: "a reason for no heartbeat", allowed: "nothing, as there is one" }];
  }
  return isThere || isReasoned
    ? []
    : [{ path, found: "no heartbeat", allowed: `${missing}; or noHeartbeat: "<why>"` }];
}

const prometheusIsMissed = rule(
  z.looseObject({ alerting: withReceivers.extend({ noHeartbeat: z.unknown().optional() }) }),
  ({ alerting: { receivers, noHeartbeat } }) =>
    eitherOr(
      receivers.some(isHeartbeat),
      noHeartbeat !== undefined,
      'a receiver { kind: "heartbeat", name: "heartbeat" }, which tells when Prometheus or Alertmanager is dead',
      [
        ["alerting", "receivers"],
        ["alerting", "noHeartbeat"],
      ],
    ),
);

const cloudWatch = z.looseObject({
  cloudwatch: z.looseObject({ heartbeat: z.unknown().optional(), noHeartbeat: z.unknown().optional() }),
});

const awsIsMissed = rule(cloudWatch, ({ cloudwatch: { heartbeat, noHeartbeat } }) =>
  eitherOr(
    heartbeat !== undefined,
    noHeartbeat !== undefined,
    '{ endpoint: { secret: "<variable>" } }, which tells when the alarms of AWS no longer arrive',
    [
      ["cloudwatch", "heartbeat"],
      ["cloudwatch", "noHeartbeat"],
    ],
  ),
);

const named = z.looseObject({
  project: z.string(),
  name: z.string(),
  cloudwatch: z.looseObject({ heartbeat: z.looseObject({}) }),
});

/** The rule of EventBridge is called `<project>-<name>-heartbeat`. */
const heartbeatHasAName = rule(named, ({ project, name }) => {
  const most = longestHeartbeatName - heartbeatNameOf(`-${name}`).length;
  return project.length <= most
    ? []
    : [
        {
          path: ["project"],
          found: `a name of ${String(project.length)} characters`,
          allowed: `at most ${String(most)} characters beside the environment's name, where there is a cloudwatch.heartbeat`,
        },
      ];
});

/** Rules of dead man's switches: of Prometheus and Alertmanager, and of the alarms of AWS. */
export const heartbeatRules: readonly Rule[] = [prometheusIsMissed, awsIsMissed, heartbeatHasAName];
