import { z } from "zod";
import { isHeartbeat, namesForRoutes, oneOf, problem, withReceivers, withRoutes } from "./alerting-parts";
import { severity } from "../../alerts/routing/routes";
import { type Path, type Problem, type Rule, rule } from "./rule";

const routesLeadToReceivers = rule(
  z.looseObject({ alerting: withReceivers.extend(withRoutes.shape) }),
  ({ alerting: { receivers, defaultReceiver, routes } }) => {
    const names = namesForRoutes(receivers);
    const heartbeats = receivers.filter(isHeartbeat).flatMap(({ name }) => name ?? []);
    const refused = (path: Path, name: unknown): Problem[] => {
      if (typeof name !== "string" || names.includes(name)) return [];
      if (heartbeats.includes(name)) {
        return [problem(path, name, "a receiver that is no heartbeat: that gets the Watchdog alone")];
      }
      return [problem(path, name, oneOf("the name of a receiver of this environment", names, name))];
    };
    return [
      ...refused(["defaultReceiver"], defaultReceiver),
      ...routes.flatMap((route, index) =>
        route.receivers.flatMap((name, position) => {
          const path = ["routes", index, "receivers", position];
          return route.receivers.indexOf(name) === position
            ? refused(path, name)
            : [problem(path, name, "each receiver once")];
        }),
      ),
    ];
  },
);

type Routes = z.infer<typeof withRoutes>["routes"];

function takenTwice(routes: Routes): Problem[] {
  return routes.flatMap(({ severity, owner }, index) => {
    const first = routes.findIndex((other) => other.severity === severity && other.owner === owner);
    const whose = owner === undefined ? "" : " of this owner";
    return severity !== undefined && first !== index
      ? [problem(["routes", index, "severity"], severity, `a severity that no other route${whose} takes`)]
      : [];
  });
}

const routesAreReached = rule(z.looseObject({ alerting: withRoutes }), ({ alerting: { routes } }) =>
  takenTwice(routes),
);

/** Severities whose alerts somebody must hear of, or be said not to. */
const told = ["critical", "warning"] as const;

const nothingIsUndecided = rule(z.looseObject({ alerting: withRoutes }), ({ alerting: { routes } }) => {
  // A misspelt severity, and one that stands there twice, is the one mistake that there is.
  const isMistaken =
    takenTwice(routes).length > 0 || routes.some((route) => !severity.safeParse(route.severity).success);
  if (isMistaken) return [];
  return told
    .filter((each) => !routes.some((route) => route.severity === each && route.owner === undefined))
    .map((each) => ({
      path: ["alerting", "routes"],
      found: `no route of ${each} alerts without an owner`,
      allowed:
        `one, { severity: "${each}", receivers: […] }, for those that no owner's route takes; ` +
        'nobody: "<why>" in place of receivers says that nobody is told',
    }));
});

const listed = z.looseObject({ receivers: z.array(z.unknown()).default([]), nobody: z.unknown().optional() });

const nobodyHasAReason = rule(
  z.looseObject({ alerting: z.looseObject({ routes: z.array(listed.or(z.undefined()).catch(undefined)) }) }),
  ({ alerting: { routes } }) =>
    routes.flatMap((route, index) => {
      if (route === undefined || (route.receivers.length === 0) === (route.nobody !== undefined)) return [];
      return route.nobody === undefined
        ? {
            path: ["alerting", "routes", index, "receivers"],
            found: "nobody",
            allowed: 'names of receivers, or nobody: "<why>" in their place',
          }
        : {
            path: ["alerting", "routes", index, "nobody"],
            found: "a reason to tell nobody",
            allowed: "nothing, as receivers are told",
          };
    }),
);

/** Rules of routes: where they lead, what they take. */
export const routeRules: readonly Rule[] = [
  routesLeadToReceivers,
  routesAreReached,
  nothingIsUndecided,
  nobodyHasAReason,
];
