import { z } from "zod";
import { timeOfDay } from "../../alerts/routing/time-intervals";
import { asMeant, oneOf, problem, withRoutes } from "./alerting-parts";
import { duplicates, type Rule, rule } from "./rule";

const timeIntervals = z
  .array(
    z
      .looseObject({
        name: z.string().optional().catch(undefined),
        start: z.string().optional().catch(undefined),
        end: z.string().optional().catch(undefined),
      })
      .catch({ name: undefined, start: undefined, end: undefined }),
  )
  .default([]);
const timeIntervalsMeanSomething = rule(
  z.looseObject({ alerting: withRoutes.extend({ timeIntervals }) }),
  ({ alerting }) => {
    const names = alerting.timeIntervals.flatMap(({ name }) => name ?? []);
    const asked = alerting.routes.map(({ activeDuring }) => activeDuring);
    const used = asMeant(asked, names);
    return [
      ...duplicates(alerting.timeIntervals, ["alerting", "timeIntervals"], "a name that no other one has"),
      ...asked.flatMap((name, index) =>
        typeof name === "string" && !names.includes(name)
          ? [
              problem(
                ["routes", index, "activeDuring"],
                name,
                oneOf("the name of a time interval of this environment", names, name),
              ),
            ]
          : [],
      ),
      ...alerting.timeIntervals.flatMap(({ name, start, end }, index) => [
        ...(name !== undefined && !used.includes(name)
          ? [problem(["timeIntervals", index, "name"], name, "a time interval that a route names")]
          : []),
        ...(isTimeOfDay(start) && isTimeOfDay(end) && start >= end
          ? [problem(["timeIntervals", index, "end"], end, `a time after the start, ${start}`)]
          : []),
      ]),
    ];
  },
);

/** Of two digits each, so that they compare as texts; the schema reports any other. */
function isTimeOfDay(text: string | undefined): text is string {
  return text !== undefined && timeOfDay.safeParse(text).success;
}

/** Rules of time intervals. */
export const timeIntervalRules: readonly Rule[] = [timeIntervalsMeanSomething];
