import { z } from "zod";
import { describeValue } from "../describe";
import { durationMs } from "../../schema/primitives";
import { prometheusSchema } from "../schema/prometheus";
import { objectivesSchema } from "../../alerts/objective-settings";
import { namedList, type Rule, rule } from "./rule";

const dayMs = 86_400_000;

const kept = z.looseObject({
  prometheus: z.looseObject({ retentionTime: prometheusSchema.shape.retentionTime }),
  alerting: z.looseObject({ objectives: objectivesSchema }),
});
const windowIsKept = rule(kept, ({ prometheus: { retentionTime }, alerting: { objectives } }) =>
  durationMs(retentionTime) < objectives.windowDays * dayMs
    ? [
        {
          path: ["prometheus", "retentionTime"],
          found: describeValue(retentionTime),
          allowed: `a duration of at least ${String(objectives.windowDays)}d, the window of the objectives (alerting.objectives.windowDays)`,
        },
      ]
    : [],
);

const own = z.looseObject({
  services: namedList,
  alerting: z.looseObject({ objectives: z.looseObject({ services: z.record(z.string(), z.unknown()) }) }),
});
const objectivesAreOfServices = rule(own, ({ services, alerting }) => {
  const names = services.flatMap(({ name }) => name ?? []);
  return Object.keys(alerting.objectives.services)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      path: ["alerting", "objectives", "services", name],
      found: "objectives of a service that there is not",
      allowed: `a service of this environment: ${names.join(", ")}`,
    }));
});

/** Rules of objectives. */
export const objectiveRules: readonly Rule[] = [windowIsKept, objectivesAreOfServices];
