import { z } from "zod";
import { isOfLines } from "../../constructs/cloudwatch/alarm-kind";
import { namedAlarmKinds } from "../../constructs/cloudwatch/alarm-kinds";
import { type Rule, rule, valueAt } from "./rule";

const ofLines = namedAlarmKinds.filter(({ kind }) => isOfLines(kind));

/** An alarm on lines goes with the log group, which is there where something sends lines. */
const alarmsGoWithLines = rule(
  z.looseObject({ cloudwatch: z.looseObject({ logs: z.unknown().optional() }) }),
  (environment) =>
    ofLines.flatMap(({ kind, path }) => {
      const isSaid = valueAt(environment, path) !== undefined;
      if (environment.cloudwatch.logs === undefined) {
        const found = "an alarm on lines that nobody sends";
        return isSaid ? [{ path, found, allowed: "nothing, or cloudwatch.logs with what sends lines" }] : [];
      }
      return isSaid || kind.presence === "asked"
        ? []
        : [{ path, found: "nothing", allowed: "its settings, as lines are sent (cloudwatch.logs)" }];
    }),
);

/** What an environment says of its lines: who sends them, and where to. */
const sent = z.looseObject({
  cloudwatch: z.looseObject({ logs: z.looseObject({ sentBy: z.unknown().optional() }).optional() }),
  logShipper: z.unknown().optional(),
  loki: z.unknown().optional(),
});

/** The log group has one who sends lines, and a shipper has somewhere to send them to. */
const linesHaveAWay = rule(sent, ({ cloudwatch, logShipper, loki }) => {
  const { logs } = cloudwatch;
  const toGroup = logs !== undefined && logs.sentBy === undefined;
  if ((toGroup || loki !== undefined) === (logShipper !== undefined)) return [];
  if (logShipper === undefined && !toGroup)
    return [{ path: ["logShipper"], found: "nothing", allowed: "{}, which sends lines to Loki" }];
  return toGroup
    ? [
        {
          path: ["logShipper"],
          found: "nothing",
          allowed: "{}, which sends lines to cloudwatch.logs, or cloudwatch.logs.sentBy with what else does",
        },
      ]
    : [
        {
          path: ["logShipper"],
          found: "a log shipper that sends lines nowhere",
          allowed: "nothing, or somewhere to send them: cloudwatch.logs without sentBy, or loki",
        },
      ];
});

/** Rules of the log group and of what reads it. */
export const logLineRules: readonly Rule[] = [alarmsGoWithLines, linesHaveAWay];
