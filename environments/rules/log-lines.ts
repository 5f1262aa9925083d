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
const linesHaveAWay = rule(sent, ({ cloudwatch: { logs }, logShipper, loki }) => {
  const toGroup = logs !== undefined && logs.sentBy === undefined;
  const toLoki = loki !== undefined;
  if ((toGroup || toLoki) === (logShipper !== undefined)) return [];
  const found = logShipper === undefined ? "nothing" : "a log shipper that sends lines nowhere";
  return [{ path: ["logShipper"], found, allowed: wayOf(toGroup, toLoki) }];
});

function wayOf(toGroup: boolean, toLoki: boolean): string {
  if (toGroup)
    return "{}, which sends lines to cloudwatch.logs, or cloudwatch.logs.sentBy with what else does";
  return toLoki
    ? "{}, which sends lines to Loki"
    : "nothing, or somewhere to send them: cloudwatch.logs without sentBy, or loki";
}

/** Rules of the log group and of what reads it. */
export const logLineRules: readonly Rule[] = [alarmsGoWithLines, linesHaveAWay];
