import { z } from "zod";
import { describeValue } from "../describe";
import { asMeant, withReceivers, withRoutes } from "./alerting-parts";
import { type Rule, rule } from "./rule";

const alarms = z.looseObject({
  cloudwatch: z.looseObject({
    subscriptions: z
      .looseObject({ critical: z.unknown().optional(), warning: z.unknown().optional() })
      .optional(),
  }),
  alerting: withRoutes.extend({ ...withReceivers.shape, inbox: z.unknown().optional() }),
});

/**
 * An alarm of AWS reaches those who get the alerts of the same severity. Mails go there by themselves; where the receivers are
 * others, an environment must say who is subscribed.
 */
const alarmsHaveReaders = rule(alarms, ({ cloudwatch: { subscriptions = {} }, alerting }) =>
  (["critical", "warning"] as const).flatMap((severity) => {
    const added = subscriptions[severity];
    if (added !== undefined && !(Array.isArray(added) && added.length === 0)) return [];
    const route = alerting.routes.find((each) => each.severity === severity && each.owner === undefined);
    // A severity without a route is told by another rule.
    if (route === undefined) return [];
    const names = alerting.receivers.flatMap(({ name }) => name ?? []);
    const told = asMeant(route.receivers, names);
    const mailed = alerting.receivers.filter(
      ({ name, kind }) => told.includes(name) && asMeant([kind], ["email"]).includes("email"),
    );
    if (mailed.length > 0 && alerting.inbox === undefined) return [];
    const receivers = told.map((each) => (typeof each === "string" ? each : describeValue(each))).join(", ");
    return [
      {
        path: ["cloudwatch", "subscriptions", severity],
        found: `nobody who is told of ${severity} alarms: ${whyNot(alerting.inbox !== undefined, receivers)}`,
        allowed:
          'a list of 1 to 100 subscriptions, such as { protocol: "email", address: "…" }; or { nobody: "<why>" } where nobody is told',
      },
    ];
  }),
);

function whyNot(isInbox: boolean, receivers: string): string {
  if (isInbox) return "an inbox takes the place of the receivers";
  return receivers === "" ? "the route of these alerts tells nobody" : `of ${receivers} none gets mails`;
}

/** Rules of who reads the alarms of AWS. */
export const alarmReaderRules: readonly Rule[] = [alarmsHaveReaders];
