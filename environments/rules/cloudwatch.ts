import { z } from "zod";
import { brokenLimits, canWatch, isOfMachines, ownSettings } from "../../constructs/cloudwatch/alarm-kind";
import { type NamedAlarmKind, namedAlarmKinds } from "../../constructs/cloudwatch/alarm-kinds";
import { evaluation, longestWindow } from "../../constructs/cloudwatch/settings";
import { describeValue } from "../describe";
import { type Problem, type Rule, rule, valueAt } from "./rule";

const evaluated = z.looseObject({ periodSeconds: z.number(), evaluationPeriods: z.number() });
const fleet = z.looseObject({ target: z.looseObject({ kind: z.literal("fleet") }) });
const object = z.looseObject({});
/** Where an environment says its machines of AWS. */
const machinesOfAws = ["machines", "aws"] as const;
const targetKind = z.enum(["instances", "auto-scaling-group", "fleet"]);

/** What an environment says of an alarm, right or wrong, between what it says of all; nothing where it says nothing. */
function saidOf({ kind, path }: NamedAlarmKind, raw: unknown): object | undefined {
  const said = object.safeParse(valueAt(raw, path)).data;
  const defaults = Object.entries({ ...evaluation, ...ownSettings(kind) }).flatMap(([prop, schema]) => {
    const byDefault = schema.safeParse(undefined);
    return byDefault.success ? [[prop, byDefault.data]] : [];
  });
  const machines = object.safeParse(valueAt(raw, machinesOfAws)).data;
  const ofAll = object.safeParse(valueAt(raw, ["cloudwatch"])).data;
  return said && { ...machines, ...ofAll, ...(Object.fromEntries(defaults) as object), ...said };
}

/** The rules of a kind of alarm: how far back it may look, and what of its props must go together. */
function rulesOf(named: NamedAlarmKind): Rule {
  const { kind, path } = named;
  return (raw) => {
    const said = saidOf(named, raw);
    if (!said) return [];
    const broken = brokenLimits(kind, said).map(({ prop, found, allowed }) => ({
      path: [...path, prop],
      found: describeValue(found),
      allowed,
    }));
    return [...windowProblems(named, said), ...broken];
  };
}

/** CloudWatch looks back so far and no further, least where a Metrics Insights query finds the fleet. */
function windowProblems({ kind, path }: NamedAlarmKind, said: object): Problem[] {
  const { data } = evaluated.safeParse(said);
  if (!data) return [];
  const isQuery = isOfMachines(kind) && fleet.safeParse(said).success;
  const { seconds, allowed } = longestWindow(isQuery, data.periodSeconds);
  const found = data.periodSeconds * data.evaluationPeriods;
  return found > seconds
    ? [
        {
          path: [...path, "evaluationPeriods"],
          found: String(found),
          allowed: `periodSeconds x evaluationPeriods of ${allowed}`,
        },
      ]
    : [];
}

/** An alarm that cannot watch the machines in the way in which they are said. */
const alarmsCanWatch: Rule = (raw) => {
  const kind = targetKind.safeParse(valueAt(raw, [...machinesOfAws, "target", "kind"])).data;
  if (kind === undefined) return [];
  return namedAlarmKinds.flatMap(({ kind: ofAlarm, path }) =>
    canWatch(ofAlarm, kind) || valueAt(raw, path) === undefined
      ? []
      : [
          {
            path,
            found: `an alarm of machines that are said by "${kind}"`,
            allowed: `nothing, or a target of the kind ${(ofAlarm.targets ?? []).join(" or ")}`,
          },
        ],
  );
};

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
  ...namedAlarmKinds.map(rulesOf),
  alarmsCanWatch,
  subscriptionsAreDifferent,
];
