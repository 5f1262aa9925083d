import { z } from "zod";
import { dashedName, duration, list, reason } from "../../schema/primitives";
import { receiverName } from "../receivers/receiver";
import { is, isOneOf, type Labels, type Matcher, matchesAll, renderMatcher } from "./matcher";

/** Name of the alert that always fires, for the heartbeat. */
export const watchdog = "Watchdog";

/** Name of the receiver that tells nobody. An environment cannot have one of this name. */
export const nobody = "nobody";

/** When a group of alerts is told: durations as Prometheus writes them, such as `30s`. */
export interface Timing {
  readonly groupWait: string;
  readonly groupInterval: string;
  readonly repeatInterval: string;
}

/** Of alerts that no route takes, and of routes that say nothing else. */
export const defaultTiming: Timing = { groupWait: "30s", groupInterval: "5m", repeatInterval: "4h" };

/** Severities that have routes; the Watchdog's takes no part. */
export const severity = z.enum(["critical", "warning"]);

/** Who is told of the alerts of one severity, and how soon. */
export const routeSchema = z.strictObject({
  /** Severity of the alerts that take this route. */
  severity,
  /**
   * Owner of services, as the catalogue names them: the route takes the alerts of their services. Default: the route
   * takes all alerts of its severity that no route of an owner takes.
   */
  owner: dashedName(40).optional(),
  /** Names of all receivers that get them. Default: none; then `nobody` says why. */
  receivers: list(receiverName, 0, 10).default([]),
  /** Why nobody is told: the alerts are seen on the dashboards alone. Default: somebody is. */
  nobody: reason.optional(),
  /** Name of the time interval outside of which they wait. Default: they never wait. */
  activeDuring: dashedName(40).optional(),
  /**
   * How long to wait before the first message, for more alerts of the same group and for one that silences them: at
   * least `prometheus.scrapeInterval` and 5 s. Default `30s`.
   */
  groupWait: duration("0s", "1h").default(defaultTiming.groupWait),
  /** How long until a changed group is sent again; above `30s` where there are two Alertmanagers. Default `5m`. */
  groupInterval: duration("1s", "1d").default(defaultTiming.groupInterval),
  /** How long until an unchanged group is sent again, at least `groupInterval`. Default `4h`. */
  repeatInterval: duration("1m", "30d").default(defaultTiming.repeatInterval),
});

/** A route as an environment gives it. */
export type RouteSettings = Readonly<z.output<typeof routeSchema>>;

/** A service of an environment, and whose it is. */
export interface OwnedService {
  readonly name: string;
  /** Its owner by the catalogue. Default: nobody in particular. */
  readonly owner?: string;
}

/** Names of the services of an owner. */
export function servicesOfOwner(owner: string, services: readonly OwnedService[]): readonly string[] {
  return services.filter((service) => service.owner === owner).map(({ name }) => name);
}

/** What the tree of routes is made of. */
export interface RoutingSettings {
  /** Receiver of alerts that no route takes. */
  readonly defaultReceiver: string;
  /** Receiver of the Watchdog. Default: nobody. */
  readonly heartbeat?: string;
  readonly routes: readonly RouteSettings[];
  /** The services of the environment. */
  readonly services: readonly OwnedService[];
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

/** Every 60 to 90 s: Alertmanager looks every `groupInterval` whether `repeatInterval` has passed. */
const heartbeatTiming: Timing = { groupWait: "0s", groupInterval: "30s", repeatInterval: "1m" };

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
  return [
    route(heartbeat ?? nobody, [is("alertname", watchdog)], heartbeatTiming),
    ...[...owned, ...general].flatMap((settings) => environmentRoutes(settings, services)),
    route(nobody, [is("severity", "none")]),
  ];
}

function route(receiver: string, matchers: readonly Matcher[], timing?: Timing): Route {
  return { receiver, matchers, continues: false, ...(timing && { timing }) };
}

/** One route a receiver: Alertmanager goes on to the next only where a route says so. */
function environmentRoutes(
  { severity, owner, receivers, activeDuring, from, ...timing }: RouteSettings & { from: number },
  services: readonly OwnedService[],
): Route[] {
  const ofOwner = owner === undefined ? [] : [isOneOf("service", servicesOfOwner(owner, services))];
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
