import { z } from "zod";
import { describeValue } from "../describe";
import { duplicates, namedList, type Path, type Problem, type Rule, rule } from "./rule";

const receiversHaveNames = rule(
  z.looseObject({ alerting: z.looseObject({ receivers: namedList }) }),
  ({ alerting }) =>
    duplicates(alerting.receivers, ["alerting", "receivers"], "a name that no other receiver has"),
);

const routing = z.looseObject({
  alerting: z.looseObject({
    receivers: namedList,
    defaultReceiver: z.unknown(),
    routes: z.array(
      z
        .looseObject({ severity: z.unknown(), receivers: z.array(z.unknown()).catch([]) })
        .catch({ severity: undefined, receivers: [] }),
    ),
  }),
});
const routesLeadToReceivers = rule(routing, ({ alerting }) => {
  const names = alerting.receivers.flatMap(({ name }) => name ?? []);
  const allowed = `the name of a receiver of this environment: ${[...new Set(names)].join(", ")}`;
  const unknown = (path: Path, found: unknown): Problem[] =>
    typeof found === "string" && !names.includes(found)
      ? [{ path: ["alerting", ...path], found: describeValue(found), allowed }]
      : [];
  return [
    ...unknown(["defaultReceiver"], alerting.defaultReceiver),
    ...alerting.routes.flatMap((route, index) =>
      route.receivers.flatMap((name, position) => {
        const path = ["routes", index, "receivers", position];
        return route.receivers.indexOf(name) === position
          ? unknown(path, name)
          : [{ path: ["alerting", ...path], found: describeValue(name), allowed: "each receiver once" }];
      }),
    ),
    ...alerting.routes.flatMap(({ severity }, index, routes) =>
      severity !== undefined && routes.findIndex((other) => other.severity === severity) !== index
        ? [
            {
              path: ["alerting", "routes", index, "severity"],
              found: describeValue(severity),
              allowed: "a severity that no other route takes",
            },
          ]
        : [],
    ),
  ];
});

/** Rules of receivers and routes. */
export const alertingRules: readonly Rule[] = [receiversHaveNames, routesLeadToReceivers];
