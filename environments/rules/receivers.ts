import { z } from "zod";
import { nobody } from "../../alerts/routing/routes";
import { asMeant, isHeartbeat, namesForRoutes, problem, withReceivers, withRoutes } from "./alerting-parts";
import { duplicates, type Rule, rule } from "./rule";

const receiversHaveNames = rule(z.looseObject({ alerting: withReceivers }), ({ alerting }) => [
  ...duplicates(alerting.receivers, ["alerting", "receivers"], "a name that no other receiver has"),
  ...alerting.receivers.flatMap(({ name, kind }, index, all) => [
    ...(name === nobody
      ? [problem(["receivers", index, "name"], name, "another name: this one tells nobody")]
      : []),
    ...(kind === "heartbeat" && all.findIndex((other) => other.kind === kind) !== index
      ? [problem(["receivers", index, "kind"], kind, "one heartbeat: the Watchdog goes to one receiver")]
      : []),
  ]),
]);

const receiversAreUsed = rule(
  z.looseObject({ alerting: withReceivers.extend(withRoutes.shape) }),
  ({ alerting: { receivers, defaultReceiver, routes } }) => {
    const used = asMeant(
      [defaultReceiver, ...routes.flatMap((each) => each.receivers)],
      namesForRoutes(receivers),
    );
    return receivers.flatMap((receiver, index) => {
      const { name } = receiver;
      return name === undefined || isHeartbeat(receiver) || used.includes(name)
        ? []
        : [problem(["receivers", index, "name"], name, "a receiver that a route leads to")];
    });
  },
);

/** Rules of receivers. */
export const receiverRules: readonly Rule[] = [receiversHaveNames, receiversAreUsed];
