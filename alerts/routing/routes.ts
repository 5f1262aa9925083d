import { servicesOf } from "../../metrics/targets";
import { is, isOneOf, type Labels, type Matcher, matchesAll, renderMatcher } from "./matcher";

/** Name of the alert that always fires, for the heartbeat. */
export const watchdog = "Watchdog";

/** Name of the receiver that tells nobody. An environment cannot have one of this name. */
export const nobody = "nobody";

/** Who gets the alerts of one severity, and how soon. Durations as Prometheus writes them, such as `30s`. */
export interface RouteSettings {
  readonly severity: "critical" | "warning" | "info";
  /**
   * Owner of services, as the catalogue names them: the route takes the alerts of these services. Default: the route
   * takes all alerts of its severity that no route of an owner takes.
   */
  readonly owner?: string;
  /** Names of all receivers that get them. None: they are seen on the dashboards alone. */
  readonly receivers: readonly string[];
  /** Name of the time interval outside of which they wait. Default: they never wait. */
  readonly activeDuring?: string;
  /** How long to wait for more alerts of the same group before the first message. */
  readonly groupWait: string;
  /** How long until a changed group is sent again. */
  readonly groupInterval: string;
  /** How long until an unchanged group is sent again. */
  readonly repeatInterval: string;
}

/** What the tree of routes is made of. */
export interface RoutingSettings {
  /** Receiver of alerts that no route takes. */
  readonly defaultReceiver: string;
  /** Receiver of the Watchdog. Default: nobody. */
  readonly heartbeat?: string;
  readonly routes: readonly RouteSettings[];
  /** Names of the services of the environment. */
  readonly services: readonly string[];
}

/** A route below the root. */
export interface Route {
  readonly receiver: string;
  readonly matchers: readonly Matcher[];
  /** Whether the routes after it are tried, too. */
  readonly continues: boolean;
  readonly activeDuring?: string;
  readonly timing?: Timing;
  /** Index of the environment's route that it was made of; none for those that every environment has. */
  readonly from?: number;
}

/** When a group of alerts is told. */
export type Timing = Pick<RouteSettings, "groupWait" | "groupInterval" | "repeatInterval">;

/** Every 60 to 90 s: Alertmanager looks every `groupInterval` whether `repeatInterval` has passed. */
const heartbeatTiming: Timing = { groupWait: "0s", groupInterval: "30s", repeatInterval: "1m" };

/** Of alerts that no route takes. */
export const defaultTiming: Timing = { groupWait: "30s", groupInterval: "5m", repeatInterval: "4h" };

/** Labels by which alerts come in one message: its title names them. */
const groupBy = ["alertname", "service", "environment"];

/**
 * The routes below the root, in the order in which they are tried: the Watchdog, the routes of owners, the others, and
 * those that every environment has.
 */
export function routesOf({ heartbeat, routes, services }: RoutingSettings): readonly Route[] {
  const numbered = routes.map((route, from) => ({ ...route, from }));
  const owned = numbered.filter(({ owner }) => owner !== undefined);
  const general = numbered.filter(({ owner }) => owner === undefined);
  const isInfoTaken = general.some(({ severity }) => severity === "info");
  return [
    route(heartbeat ?? nobody, [is("alertname", watchdog)], heartbeatTiming),
    ...[...owned, ...general].flatMap((settings) => environmentRoutes(settings, services)),
    ...(isInfoTaken ? [] : [route(nobody, [is("severity", "info")])]),
    route(nobody, [is("severity", "none")]),
  ];
}

function route(receiver: string, matchers: readonly Matcher[], timing?: Timing): Route {
  return { receiver, matchers, continues: false, ...(timing && { timing }) };
}

/** One route a receiver: Alertmanager goes on to the next only where a route says so. */
function environmentRoutes(
  { severity, owner, receivers, activeDuring, from, ...timing }: RouteSettings & { from: number },
  services: readonly string[],
): Route[] {
  const ofOwner = owner === undefined ? [] : [isOneOf("service", servicesOf(owner, services))];
  const names = receivers.length === 0 ? [nobody] : receivers;
  return names.map((receiver, index) => ({
    receiver,
    matchers: [is("severity", severity), ...ofOwner],
    continues: index < names.length - 1,
    ...(activeDuring !== undefined && { activeDuring }),
    timing: {
      groupWait: timing.groupWait,
      groupInterval: timing.groupInterval,
      repeatInterval: timing.repeatInterval,
    },
    from,
  }));
}

/** Names of the receivers that an alert reaches, in the order of the routes. */
export function receiversOf(settings: RoutingSettings, labels: Labels): readonly string[] {
  const taken: string[] = [];
  for (const { matchers, receiver, continues } of routesOf(settings)) {
    if (!matchesAll(matchers, labels)) continue;
    taken.push(receiver);
    if (!continues) break;
  }
  return taken.length > 0 ? taken : [settings.defaultReceiver];
}

/** The tree of routes as Alertmanager's configuration file writes it. */
export function renderRoutes(settings: RoutingSettings) {
  return {
    receiver: settings.defaultReceiver,
    group_by: groupBy,
    ...renderTiming(defaultTiming),
    routes: routesOf(settings).map(({ receiver, matchers, continues, activeDuring, timing }) => ({
      receiver,
      matchers: matchers.map(renderMatcher),
      ...(continues && { continue: true }),
      ...(activeDuring !== undefined && { active_time_intervals: [activeDuring] }),
      ...(timing && renderTiming(timing)),
    })),
  };
}

function renderTiming({ groupWait, groupInterval, repeatInterval }: Timing) {
  return { group_wait: groupWait, group_interval: groupInterval, repeat_interval: repeatInterval };
}
