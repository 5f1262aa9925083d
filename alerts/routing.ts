/** Severity of an alert that somebody is told of. */
export type Severity = "critical" | "warning" | "info";

/** Who gets the alerts of one severity, and how soon. Durations as Prometheus writes them, such as `30s`. */
export interface RouteSettings {
  readonly severity: Severity;
  /** Names of all receivers that get them. */
  readonly receivers: readonly string[];
  /** How long to wait for more alerts of the same group before the first message. */
  readonly groupWait: string;
  /** How long until a changed group is sent again. */
  readonly groupInterval: string;
  /** How long until an unchanged group is sent again. */
  readonly repeatInterval: string;
}

/** A route as Alertmanager's configuration file writes it. */
export interface Route {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly continue?: boolean;
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly routes?: readonly Route[];
}

/**
 * The tree of routes. An alert goes to every receiver of its severity's route; one that no route takes goes to the
 * default receiver.
 */
export function renderRoutes(defaultReceiver: string, routes: readonly RouteSettings[]): Route {
  return {
    receiver: defaultReceiver,
    group_by: ["alertname", "service", "environment"],
    routes: routes.flatMap(renderRoute),
  };
}

/** One route a receiver: Alertmanager goes on to the next only where a route says `continue`. */
function renderRoute(settings: RouteSettings): Route[] {
  return settings.receivers.map((receiver, index, { length }) => ({
    receiver,
    matchers: [`severity="${settings.severity}"`],
    ...(index < length - 1 && { continue: true }),
    group_wait: settings.groupWait,
    group_interval: settings.groupInterval,
    repeat_interval: settings.repeatInterval,
  }));
}
