import { z } from "zod";
import {
  basicMonitoringAllowed,
  basicMonitoringSeconds,
  longestWindow,
} from "../../constructs/cloudwatch/settings";
import { describeValue } from "../describe";
import { type Rule, rule } from "./rule";

const evaluated = z.looseObject({ periodSeconds: z.number(), evaluationPeriods: z.number() });
const target = z.looseObject({ target: z.looseObject({ kind: z.unknown() }) });

/** CloudWatch looks back so far and no further, least where a Metrics Insights query finds the fleet. */
function windowIsAllowed(path: readonly string[], isHostMetric: boolean): Rule {
  const reads = path.reduceRight<z.ZodType>((inner, key) => z.looseObject({ [key]: inner }), evaluated);
  return rule(reads, (environment) => {
    const alarm = evaluated.parse(path.reduce(property, environment));
    const parsed = target.safeParse(property(environment, "cloudwatch"));
    const isQuery = isHostMetric && parsed.data?.target.kind === "fleet";
    const { seconds, allowed } = longestWindow(isQuery, alarm.periodSeconds);
    const found = alarm.periodSeconds * alarm.evaluationPeriods;
    return found > seconds
      ? [
          {
            path: [...path, "evaluationPeriods"],
            found: String(found),
            allowed: `periodSeconds x evaluationPeriods of ${allowed}`,
          },
        ]
      : [];
  });
}

function property(value: unknown, key: string): unknown {
  return (value as Record<string, unknown>)[key];
}

const cpuNeedsDetailedMonitoring = rule(
  z.looseObject({
    cloudwatch: z.looseObject({
      detailedMonitoring: z.literal(false),
      alarms: z.looseObject({
        highCpu: z.looseObject({ periodSeconds: z.number().lt(basicMonitoringSeconds) }),
      }),
    }),
  }),
  ({ cloudwatch }) => [
    {
      path: ["cloudwatch", "alarms", "highCpu", "periodSeconds"],
      found: String(cloudwatch.alarms.highCpu.periodSeconds),
      allowed: basicMonitoringAllowed,
    },
  ],
);

const instancesAreDifferent = rule(
  z.looseObject({
    cloudwatch: z.looseObject({ target: z.looseObject({ instanceIds: z.array(z.unknown()) }) }),
  }),
  ({ cloudwatch }) =>
    cloudwatch.target.instanceIds.flatMap((id, index, ids) =>
      ids.indexOf(id) === index
        ? []
        : [
            {
              path: ["cloudwatch", "target", "instanceIds", index],
              found: describeValue(id),
              allowed: "each instance once",
            },
          ],
    ),
);

const subscriptionKey = z.union([
  z.looseObject({ protocol: z.string(), address: z.string() }),
  z.looseObject({
    protocol: z.string(),
    endpoint: z.union([z.string(), z.looseObject({ secret: z.string() })]),
  }),
  z.looseObject({ protocol: z.string(), queueArn: z.string() }),
]);
const subscriptions = z.looseObject({
  cloudwatch: z.looseObject({ subscriptions: z.record(z.string(), z.array(z.unknown()).catch([])) }),
});
const subscriptionsAreDifferent = rule(subscriptions, ({ cloudwatch }) =>
  Object.entries(cloudwatch.subscriptions).flatMap(([severity, list]) => {
    const keys = list.map((entry) => JSON.stringify(subscriptionKey.safeParse(entry).data));
    return keys.flatMap((key, index) =>
      key === undefined || keys.indexOf(key) === index
        ? []
        : [
            {
              path: ["cloudwatch", "subscriptions", severity, index],
              found: "the same as an earlier one",
              allowed: "each subscription once",
            },
          ],
    );
  }),
);

/** Rules of the cloudwatch stack. */
export const cloudWatchRules: readonly Rule[] = [
  windowIsAllowed(["cloudwatch", "alarms", "highCpu"], true),
  windowIsAllowed(["cloudwatch", "alarms", "statusCheckFailed"], true),
  windowIsAllowed(["cloudwatch", "alarms", "errorLines"], false),
  windowIsAllowed(["cloudwatch", "agent"], true),
  cpuNeedsDetailedMonitoring,
  instancesAreDifferent,
  subscriptionsAreDifferent,
];
