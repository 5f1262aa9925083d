import { type Inhibition, inhibitionProblems } from "./inhibitions";
import { matchesAll, type Labels } from "./matcher";
import { nobody, type OwnedService, routesOf, type RouteSettings, type RoutingSettings } from "./routes";

/** Something that is wrong with the routes of an environment. */
export interface RoutingProblem {
  /** Where in the environment. */
  readonly path: readonly PropertyKey[];
  /** What stands there. */
  readonly found: unknown;
  /** What may stand there, in words. */
  readonly allowed: string;
  /** The names of which one may have been meant. */
  readonly candidates?: readonly string[];
}

/**
 * What an environment's own check cannot see: whether the routes fit the owners of services.
 * @param services those of the environment
 * @param owners all that the catalogue knows
 */
export function routingProblems(
  routes: readonly RouteSettings[],
  services: readonly OwnedService[],
  owners: readonly string[],
): readonly RoutingProblem[] {
  const present = owners.filter((each) => services.some(({ owner }) => owner === each));
  return routes.flatMap(({ owner }, index) => {
    const path = ["alerting", "routes", index, "owner"];
    if (owner === undefined) return [];
    if (!owners.includes(owner)) {
      const allowed = `an owner of services in the catalogue: ${owners.join(", ")}`;
      return [{ path, found: owner, allowed, candidates: owners }];
    }
    if (present.includes(owner)) return [];
    return [
      {
        path,
        found: owner,
        allowed: `an owner of one of this environment's services: ${present.join(", ") || "there is none"}`,
      },
    ];
  });
}

/**
 * What is wrong with routes and inhibitions, seen from the alerts that there are: a sentence each. It finds what a
 * change of the code gets wrong.
 * @param alerts the labels of alerts as they may fire
 */
export function unreachable(
  settings: RoutingSettings,
  alerts: readonly Labels[],
  all: readonly Inhibition[],
): readonly string[] {
  const routes = routesOf(settings);
  const reached = new Set(
    alerts.flatMap((alert) => {
      const taking = routes.filter(({ matchers }) => matchesAll(matchers, alert));
      const last = taking.findIndex(({ continues }) => !continues);
      return last === -1 ? taking : taking.slice(0, last + 1);
    }),
  );
  return [
    ...routes
      // Those to nobody are there for whatever may come.
      .filter((route) => !reached.has(route) && route.receiver !== nobody)
      .map(({ receiver, matchers }) => {
        const conditions = matchers.map(({ label, operator, value }) => `${label}${operator}"${value}"`);
        return `no alert reaches the route to "${receiver}" of ${conditions.join(", ")}`;
      }),
    ...inhibitionProblems(all, alerts),
  ];
}
