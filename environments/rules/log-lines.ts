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

/** Rules of the log group and of what reads it. */
export const logLineRules: readonly Rule[] = [alarmsGoWithLines];
