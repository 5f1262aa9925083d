import type { Severity } from "../constructs/cloudwatch/alarm-routing";
import type { Subscription } from "../constructs/cloudwatch/topic-subscription";
import type { Environment } from "./environment";

/** Who reads an environment's alarms of a severity: nobody where it says so. */
export function subscribersOf({ cloudwatch }: Environment, severity: Severity): readonly Subscription[] {
  const readers = cloudwatch.subscriptions[severity];
  return "nobody" in readers ? [] : readers;
}
